import type { LlamaModel, Token } from "node-llama-cpp";
import type { SpecialToken, Vocabulary } from "../template/vocabulary";

/** As GGUF numbers the kinds of tokens; llama.cpp makes more of them special by their names. */
const specialKinds: ReadonlySet<number> = new Set([2, 3, 4]);
const specialName = /^_?(?:<[^\s].*>|\[[^\s].*\])$/s;

/** What is needed of a model to know its vocabulary. */
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
