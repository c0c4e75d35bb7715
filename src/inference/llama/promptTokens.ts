import type { LlamaModel, Token } from "node-llama-cpp";
import type { PromptText } from "../template/chatTemplate";
import type { SpecialToken, Vocabulary } from "../template/vocabulary";

/** The parts of a model that are needed to tokenize a prompt. */
export type Tokenizing = Pick<LlamaModel, "tokenize" | "getTokenAttributes">;

/** Returns the tokens of a prompt. Only the template's own marks become special tokens. */
export function promptTokens(
	model: Tokenizing,
	vocabulary: Vocabulary,
	{ text, begun, breakMark }: Pick<PromptText, "text" | "begun" | "breakMark">,
): Token[] {
	const tokenizer = new PromptTokenizer(model, vocabulary, breakMark);
	if (begun === "") {
		return tokenizer.tokens(text);
	}
	// A model begins its answer with a new token, unless a space would be part of that token, as after "Assistant: ".
	const goesOn = text.endsWith("\n");
	return goesOn || vocabulary.specials.some((special) => text.endsWith(special.text))
		? [...tokenizer.tokens(text), ...tokenizer.wordTokens(begun, goesOn)]
		: tokenizer.tokens(text + begun);
}

class PromptTokenizer {
	readonly #model: Tokenizing;
	readonly #vocabulary: Vocabulary;
	readonly #breakMark: string;

	constructor(model: Tokenizing, vocabulary: Vocabulary, breakMark: string) {
		this.#model = model;
		this.#vocabulary = vocabulary;
		this.#breakMark = breakMark;
	}

	/**
	 * Finds special tokens as llama.cpp does. llama.cpp itself would also find the broken marks in words, once the breaks
	 * were removed.
	 */
	tokens(text: string): Token[] {
		return text.includes(this.#breakMark)
			? this.#divided(text).flatMap((part) =>
					typeof part === "string" ? this.wordTokens(part, false) : [part.token as Token],
				)
			: this.#model.tokenize(text, true);
	}

	/**
	 * @param words text without special tokens, except broken ones
	 * @param goesOn whether text precedes `words`, so that no vocabulary adds a space before them
	 */
	wordTokens(words: string, goesOn: boolean): Token[] {
		return this.#pieces(words).flatMap((piece, index) =>
			this.#model.tokenize(piece, false, goesOn || index > 0 ? "trimLeadingSpace" : undefined),
		);
	}

	/** Splits a text at its special tokens, the longest first. */
	#divided(text: string): readonly (string | SpecialToken)[] {
		let parts: (string | SpecialToken)[] = [text];
		for (const special of this.#vocabulary.specials) {
			if (text.includes(special.text)) {
				parts = parts.flatMap((part) =>
					typeof part === "string" ? this.#cut(part, special) : part,
				);
			}
		}
		return parts;
	}

	#cut(text: string, special: SpecialToken): readonly (string | SpecialToken)[] {
		const { lstrip, rstrip } = this.#model.getTokenAttributes(special.token as Token);
		const between = text.split(special.text);
		return between.flatMap((words, index) => {
			const isFirst = index === 0;
			const isLast = index === between.length - 1;
			const begun = rstrip && !isFirst ? words.trimStart() : words;
			const kept = lstrip && !isLast ? begun.trimEnd() : begun;
			return [...(kept === "" ? [] : [kept]), ...(isLast ? [] : [special])];
		});
	}

	/** Splits words at the breaks in user-defined tokens, which llama.cpp would find in any text. */
	#pieces(words: string): readonly string[] {
		const [first = "", ...rest] = words.split(this.#breakMark);
		const plain = first + rest.join("");
		if (rest.length === 0 || plain === "") {
			return [plain].filter((piece) => piece !== "");
		}
		const marks = this.#vocabulary.specials.filter(
			({ text, isControl }) => !isControl && plain.includes(text),
		);
		const pieces: string[] = [];
		let [begin, at] = [0, first.length];
		for (const part of rest) {
			if (marks.some(({ text }) => isInside(plain, text, at))) {
				pieces.push(plain.slice(begin, at));
				begin = at;
			}
			at += part.length;
		}
		return [...pieces, plain.slice(begin)].filter((piece) => piece !== "");
	}
}

/** Returns whether `position` is inside an occurrence of `mark`. */
function isInside(text: string, mark: string, position: number): boolean {
	const at = text.indexOf(mark, position - mark.length + 1);
	return at >= 0 && at < position;
}
