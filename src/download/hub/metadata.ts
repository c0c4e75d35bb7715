import type { Response as Answer } from "undici";
import { DownloadError } from "../downloadError";
import type { HttpClient } from "../network/httpClient";

/** Limits on the metadata that a server may send, far beyond what any server sends. */
export interface MetadataLimits {
	/** The most bytes of one response, after decompression; `totalBytes` limits all responses together. */
	readonly answerBytes: number;
	readonly totalBytes: number;
	readonly answers: number;
	/** From the first request to the last byte, in milliseconds. */
	readonly totalMs: number;
}

/** A page of Hugging Face's listings names 1,000 files in 350 kB and takes a second. */
const usualLimits: MetadataLimits = {
	answerBytes: 4 * 1024 * 1024,
	totalBytes: 16 * 1024 * 1024,
	answers: 64,
	totalMs: 120_000,
};
/** Levels of JSON. Real responses have five. */
const deepest = 64;

export interface MetadataQuestion {
	/** An address that the user named, or that is derived from what the user named. */
	readonly address: string;
	readonly http: HttpClient;
	readonly signal: AbortSignal;
	readonly limits?: MetadataLimits | undefined;
}

/** Reads a server's metadata about models. Everything read through one reader counts toward the same limits. */
export class MetadataReader {
	readonly #question: MetadataQuestion;
	readonly #limits: MetadataLimits;
	readonly #late: AbortSignal;
	#answers = 0;
	#bytes = 0;

	/** Starts the clock. */
	constructor(question: MetadataQuestion) {
		this.#question = question;
		this.#limits = question.limits ?? usualLimits;
		this.#late = AbortSignal.timeout(this.#limits.totalMs);
	}

	/**
	 * Works as the global `fetch` does, for libraries that accept one. An address that the server named, such as a next
	 * page, is checked like a redirect.
	 */
	readonly fetch: typeof fetch = async (input) => {
		const url = input instanceof Request ? input.url : String(input);
		const { status, headers, text } = await this.#ask(url);
		return new Response(text, { status, headers: [...headers] });
	};

	/** @throws {DownloadError} `answerWithoutEnd`, `other` if the response is not JSON, or a failure for its status */
	async json(url: string): Promise<unknown> {
		const { text } = await this.#ask(url);
		try {
			return JSON.parse(text) as unknown;
		} catch {
			throw new DownloadError({ kind: "other" }, "The answer is not JSON.");
		}
	}

	async #ask(url: string): Promise<Pick<Answer, "status" | "headers"> & { text: string }> {
		const { address, http, signal } = this.#question;
		this.#answers += 1;
		if (this.#answers > this.#limits.answers) {
			throw withoutEnd(`more than ${this.#limits.answers} pages`);
		}
		try {
			const response = await http.get(url, {
				headers: { accept: "application/json" },
				namedBy: address,
				signal: AbortSignal.any([signal, this.#late]),
			});
			const { status, headers } = response;
			return { status, headers, text: await this.#read(response) };
		} catch (error) {
			signal.throwIfAborted();
			throw this.#late.aborted ? withoutEnd(`more than ${this.#limits.totalMs} ms`) : error;
		}
	}

	async #read({ body }: Answer): Promise<string> {
		const decoder = new TextDecoder();
		let text = "";
		let bytes = 0;
		for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
			bytes += chunk.length;
			this.#bytes += chunk.length;
			// Leaving the loop closes the connection.
			if (bytes > this.#limits.answerBytes || this.#bytes > this.#limits.totalBytes) {
				throw withoutEnd(`more than ${Math.min(bytes, this.#bytes)} bytes`);
			}
			text += decoder.decode(chunk, { stream: true });
		}
		text += decoder.decode();
		if (isDeeperThan(deepest, text)) {
			throw withoutEnd(`more than ${deepest} levels`);
		}
		return text;
	}
}

/**
 * Returns whether brackets outside strings are nested more deeply than `levels`. Parsing such JSON would take more
 * memory than its text.
 */
function isDeeperThan(levels: number, json: string): boolean {
	let depth = 0;
	let isInString = false;
	for (let index = 0; index < json.length && depth <= levels; index++) {
		const mark = json.charAt(index);
		if (isInString) {
			index += mark === "\\" ? 1 : 0;
			isInString = mark !== '"';
		} else if (mark === '"') {
			isInString = true;
		} else if (mark === "[" || mark === "{") {
			depth += 1;
		} else if (mark === "]" || mark === "}") {
			depth -= 1;
		}
	}
	return depth > levels;
}

function withoutEnd(detail: string): DownloadError {
	return new DownloadError({ kind: "answerWithoutEnd" }, detail);
}
