import { StringDecoder } from "node:string_decoder";
import type { LlamaModel, Token } from "node-llama-cpp";

/** What is needed of a model to put its tokens into text. */
export type TokenSource = Pick<LlamaModel, "fileInfo" | "getTokenAttributes" | "detokenize">;

/**
 * Puts the tokens of one answer into text, exactly: llama.cpp itself leaves out the space before some punctuation with
 * the vocabularies of Llama 3 and others (0.5), so that "git add ." loses it, and the model would not find its own
 * words again in what it is to continue.
 */
export class AnswerText {
	readonly #model: TokenSource;
	/** As the file spells them, a letter for each byte; `undefined` for vocabularies of another kind, which are exact. */
	readonly #spellings: readonly string[] | undefined;
	/** A character may be spread over several tokens. */
	readonly #decoder = new StringDecoder("utf8");

	constructor(model: TokenSource) {
		const { ggml } = model.fileInfo.metadata.tokenizer;
		this.#model = model;
		this.#spellings = ggml.model === "gpt2" ? ggml.tokens : undefined;
	}

	/**
	 * @param tokens the next ones of the answer
	 * @param text as the library puts them
	 * @returns as the model meant them, up to the last character that is whole
	 */
	next(tokens: readonly Token[], text: string): string {
		const spellings = this.#spellings;
		return spellings
			? tokens.map((token) => this.#decoder.write(this.#bytesOf(token, spellings))).join("")
			: text;
	}

	#bytesOf(token: Token, spellings: readonly string[]): Buffer {
		const spelling = this.#model.getTokenAttributes(token).normal ? spellings[token] : undefined;
		const bytes = Array.from(spelling ?? "", byteOf);
		return spelling === undefined || !bytes.every((byte) => byte !== undefined)
			? Buffer.from(this.#model.detokenize([token]))
			: Buffer.from(bytes);
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
