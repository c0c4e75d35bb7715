import { StringDecoder } from "node:string_decoder";
import type { LlamaModel, Token } from "node-llama-cpp";

/** The parts of a model that are needed to convert its tokens to text. */
export type TokenSource = Pick<LlamaModel, "fileInfo" | "getTokenAttributes" | "detokenize">;

/** How vocabularies spell their tokens: with one letter per byte, or as text with a substitute for spaces. */
const spellingsByModel: Readonly<Record<string, "bytes" | "text">> = {
	gpt2: "bytes",
	llama: "text",
	gemma4: "text",
	t5: "text",
};

/** The library returns it for an incomplete character. */
const unknownCharacter = "\uFFFD";
/** The number of preceding tokens that affect how the library converts the next one. */
const mostRecentTokens = 3;

/**
 * Converts the tokens of one answer to text, exactly. With the vocabularies of Llama 3 and others, llama.cpp omits the
 * space before some punctuation (0.5): "git add ." loses it, and the model would not recognize its own text when it
 * continues the answer.
 */
export class AnswerText {
	readonly #model: TokenSource;
	readonly #tokens: readonly string[];
	readonly #spelling: "bytes" | "text" | undefined;
	/** A character may span several tokens. */
	readonly #decoder = new StringDecoder("utf8");
	#pending: Token[] = [];
	#recent: Token[] = [];

	constructor(model: TokenSource) {
		const { ggml } = model.fileInfo.metadata.tokenizer;
		this.#model = model;
		this.#tokens = ggml.tokens;
		this.#spelling = spellingsByModel[ggml.model];
	}

	/** Returns the text of the next token, up to its last complete character; empty for a control token. */
	next(token: Token): string {
		const { normal, byte } = this.#model.getTokenAttributes(token);
		const bytes = this.#bytesOf(this.#tokens[token] ?? "", normal, byte);
		return bytes ? this.#decoder.write(bytes) : this.#detokenized(token);
	}

	#bytesOf(spelling: string, isNormal: boolean, isByte: boolean): Buffer | undefined {
		if (this.#spelling !== undefined && isByte) {
			const [, digits] = /^<0x([0-9A-Fa-f]{2})>$/.exec(spelling) ?? [];
			return digits === undefined ? undefined : Buffer.from(digits, "hex");
		}
		if (!isNormal || this.#spelling === undefined) {
			return undefined;
		}
		if (this.#spelling === "text") {
			return Buffer.from(spelling.replaceAll("▁", " "));
		}
		const bytes = Array.from(spelling, byteOf);
		return bytes.every((byte) => byte !== undefined) ? Buffer.from(bytes) : undefined;
	}

	/** Converts a token as the library does. */
	#detokenized(token: Token): string {
		this.#pending.push(token);
		const text = this.#model.detokenize(this.#pending, false, this.#recent);
		if (text.endsWith(unknownCharacter) && this.#pending.length < mostRecentTokens + 1) {
			return "";
		}
		this.#recent = [...this.#recent, ...this.#pending].slice(-mostRecentTokens);
		this.#pending = [];
		return text;
	}
}

/** Bytes that a vocabulary file writes as themselves. The others are written as the letters from 256 on, in order. */
const plainRanges = [
	[0x21, 0x7e],
	[0xa1, 0xac],
	[0xae, 0xff],
] as const;

const otherBytes = Array.from({ length: 256 }, (_, byte) => byte).filter(
	(byte) => !plainRanges.some(([first, last]) => byte >= first && byte <= last),
);

/** Returns the byte that a letter stands for; `undefined` if it stands for none. */
function byteOf(letter: string): number | undefined {
	const code = letter.codePointAt(0) ?? 0;
	return code < 256 ? code : otherBytes[code - 256];
}
