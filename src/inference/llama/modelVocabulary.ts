import type { LlamaModel, Token } from "node-llama-cpp";
import type { SpecialToken, Vocabulary } from "../template/vocabulary";

/** GGUF's numbers of special token types. llama.cpp makes further tokens special by their names. */
const specialKinds: ReadonlySet<number> = new Set([2, 3, 4]);
const specialName = /^_?(?:<[^\s].*>|\[[^\s].*\])$/s;

/** The parts of a model that describe its vocabulary. */
export type VocabularySource = Pick<LlamaModel, "fileInfo" | "tokens" | "getTokenAttributes">;

export function readVocabulary(model: VocabularySource): Vocabulary {
	const { tokens: texts, token_type: kinds } = model.fileInfo.metadata.tokenizer.ggml;
	const specials: SpecialToken[] = [];
	for (const [token, text] of texts.entries()) {
		if (text !== "" && (specialKinds.has(kinds[token] ?? 0) || specialName.test(text))) {
			const { control, unknown, userDefined } = model.getTokenAttributes(token as Token);
			if (control || unknown || userDefined) {
				specials.push({ token, text, isControl: control || unknown });
			}
		}
	}
	return {
		specials: specials.sort((a, b) => b.text.length - a.text.length),
		bosText: model.tokens.bosString ?? "",
		eosText: model.tokens.eosString ?? "",
	};
}
