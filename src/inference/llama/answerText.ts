import { StringDecoder } from "node:string_decoder";
import type { LlamaModel, Token } from "node-llama-cpp";

/** What is needed of a model to put its tokens into text. */
export type TokenSource = Pick<LlamaModel, "fileInfo" | "getTokenAttributes" | "detokenize">;

/** How vocabularies spell their tokens: a letter for each byte, or text with a sign for a space. */
const spellingsByModel: Readonly<Record<string, "bytes" | "text">> = {
	gpt2: "bytes",
	llama: "text",
	gemma4: "text",
	t5: "text",
};

/** The library puts it where a character is not whole. */
const unknownCharacter = "\uFFFD";
/** Tokens that decide how the library puts the next one. */
const mostRecentTokens = 3;

/**
 * Puts the tokens of one answer into text, exactly: llama.cpp itself leaves out the space before some punctuation with
 * the vocabularies of Llama 3 and others (0.5), so that "git add ." loses it, and the model would not find its own
 * words again in what it is to continue.
 */
export class AnswerText {
	readonly #model: TokenSource;
	readonly #tokens: readonly string[];
	readonly #spelling: "bytes" | "text" | undefined;
	/** A character may be spread over several tokens. */
	readonly #decoder = new StringDecoder("utf8");
	#pending: Token[] = [];
	#recent: Token[] = [];

	constructor(model: TokenSource) {
		const { ggml } = model.fileInfo.metadata.tokenizer;
		this.#model = model;
		this.#tokens = ggml.tokens;
		this.#spelling = spellingsByModel[ggml.model];
	}

	/** @returns the next token as the model meant it, up to the last character that is whole; nothing of a control token. */
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

	/** As the library puts it. */
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

/** Bytes that stand for themselves in a vocabulary's file; the others got the letters from 256 on, in their order. */
const plainRanges = [
	[0x21, 0x7e],
	[0xa1, 0xac],
	[0xae, 0xff],
] as const;

const otherBytes = Array.from({ length: 256 }, (_, byte) => byte).filter(
	(byte) => !plainRanges.some(([first, last]) => byte >= first && byte <= last),
);

/** @returns `undefined` for a letter that stands for no byte. */
function byteOf(letter: string): number | undefined {
	const code = letter.codePointAt(0) ?? 0;
	return code < 256 ? code : otherBytes[code - 256];
}
