import { keptDataBytes, maxDepth, maxStringBytes, maxValueBytes, maxValues } from "../importLimits";

/** A value of a document. */
export type ScannedValue =
	/** The value's JSON, not validated: `JSON.parse` decides whether it is correct. */
	| { readonly kind: "json"; readonly text: string }
	/** The value was skipped. */
	| { readonly kind: "passed" }
	/** The value exceeds a limit on bytes, values, or nesting. */
	| { readonly kind: "tooLarge" }
	/** The value's brackets do not match, so its end is unknown. */
	| { readonly kind: "broken" };

/** Marks the end of a string that was cut. */
export const cutMark = "\u0000cut";

const code = (character: string): number => character.charCodeAt(0);
export const quote = code('"');
export const backslash = code("\\");
export const comma = code(",");
export const colon = code(":");
export const openBrace = code("{");
export const closeBrace = code("}");
export const openBracket = code("[");
export const closeBracket = code("]");

/** Returns whether a byte is white space that JSON allows between values. */
export function isBlank(byte: number): boolean {
	return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Returns whether a byte continues a UTF-8 character. */
function isInCharacter(byte = 0): boolean {
	return (byte & 0xc0) === 0x80;
}

/** The beginning of an embedded picture or file. Ordinary text that begins with "data:" does not match. */
const dataUrl = /^"data:[\w.+-]+\\?\/[\w.+-]+(?:;[\w=.+-]+)*[;,]/;
/** The bytes needed to recognize one. */
const dataUrlBytes = 256;
/** Strings of at most this many bytes are kept unchanged. */
const longBytes = 1024;

/**
 * Finds the end of one JSON value in chunks of UTF-8 and keeps its bytes within the limits: cuts strings that are too
 * long, and skips the rest of a value that is too large.
 *
 * Long because it is one state machine over the bytes of a value.
 */
export class ValueScanner {
	#kept = Buffer.allocUnsafe(64 * 1024);
	#length = 0;
	/** The end of the bytes of the chunk that have been kept. */
	#keptTo = 0;
	#state: "keeping" | "passed" | "tooLarge" | "broken" = "passed";
	#done = true;
	#started = false;
	#inString = false;
	#isEscaped = false;
	/** The start of the current string within the kept bytes. */
	#stringFrom = 0;
	/** Whether the rest of the current string is being dropped. */
	#isCutting = false;
	#depth = 0;
	readonly #brackets = new Uint8Array(maxDepth);
	#values = 0;
	#limitBytes = maxValueBytes;

	get isDone(): boolean {
		return this.#done;
	}

	/** Begins a value at the next byte. */
	begin(keep: boolean, limitBytes = maxValueBytes): void {
		this.#length = 0;
		this.#state = keep ? "keeping" : "passed";
		this.#done = false;
		this.#started = false;
		this.#inString = false;
		this.#isEscaped = false;
		this.#isCutting = false;
		this.#depth = 0;
		this.#values = 0;
		this.#limitBytes = limitBytes;
	}

	/** Scans a chunk from `from`. Returns the offset after the value's end, or the end of the chunk. */
	read(chunk: Uint8Array, from: number): number {
		let at = from;
		this.#keptTo = from;
		while (at < chunk.length && !this.#done) {
			at = this.#inString ? this.#string(chunk, at) : this.#structure(chunk, at);
		}
		this.#keep(chunk, at);
		if (this.#inString) {
			this.#cutIfLong();
		}
		return at;
	}

	/** Returns the value once it is complete. */
	take(): ScannedValue {
		return this.#state === "keeping"
			? { kind: "json", text: this.#kept.toString("utf8", 0, this.#length) }
			: { kind: this.#state };
	}

	/** Scans outside strings. Returns the offset of a string's first character, or of the end. */
	#structure(chunk: Uint8Array, from: number): number {
		for (let at = from; at < chunk.length; at += 1) {
			const byte = chunk[at] ?? 0;
			const isEnd = byte === closeBrace || byte === closeBracket;
			if (this.#depth === 0 && (isEnd || (this.#started && (byte === comma || isBlank(byte))))) {
				this.#done = true;
				return at;
			}
			this.#started = true;
			if (byte === quote) {
				this.#stringFrom = this.#length + at - this.#keptTo;
				this.#inString = true;
				return at + 1;
			}
			if (byte === openBrace || byte === openBracket) {
				this.#open(byte);
			} else if (isEnd) {
				this.#close(byte);
				if (this.#done) {
					return at + 1;
				}
			} else if (byte === comma) {
				this.#count();
			}
		}
		return chunk.length;
	}

	/** Scans a string. Returns the offset after its end, or the end of the chunk. */
	#string(chunk: Uint8Array, from: number): number {
		const { length } = chunk;
		let at = this.#isEscaped ? from + 1 : from;
		this.#isEscaped = false;
		while (at < length) {
			const byte = chunk[at];
			if (byte === quote) {
				this.#endString(chunk, at + 1);
				return at + 1;
			}
			at += byte === backslash ? 2 : 1;
		}
		this.#isEscaped = at > length;
		return length;
	}

	#endString(chunk: Uint8Array, to: number): void {
		this.#inString = false;
		const length = this.#length + to - this.#keptTo - this.#stringFrom;
		if (length > longBytes || this.#isCutting) {
			this.#keep(chunk, to);
			this.#cutIfLong();
			if (this.#isCutting) {
				this.#isCutting = false;
				this.#append(Buffer.from('"'));
			}
		}
		this.#done = this.#depth === 0;
	}

	#cutIfLong(): void {
		const length = this.#length - this.#stringFrom;
		if (this.#state !== "keeping" || this.#isCutting || length <= longBytes) {
			return;
		}
		const from = this.#stringFrom;
		const start = this.#kept.toString("latin1", from, from + dataUrlBytes);
		const limit = dataUrl.test(start) ? keptDataBytes : maxStringBytes;
		if (length > limit) {
			this.#cut(limit);
			this.#append(Buffer.from(JSON.stringify(cutMark).slice(1, -1)));
		}
	}

	/** Discards what was kept of the string beyond `bytes`, without splitting an escape or a character. */
	#cut(bytes: number): void {
		this.#length = this.#stringFrom + bytes;
		for (let count = 0; count < 3 && isInCharacter(this.#kept[this.#length]); count += 1) {
			this.#length -= 1;
		}
		for (let back = 1; back <= 6; back += 1) {
			const at = this.#length - back;
			const byte = this.#kept[at] ?? 0;
			if (byte === backslash) {
				this.#length = this.#isEscape(at) ? at : at - 1;
				break;
			}
		}
		// Also drops the first of a surrogate pair of escapes, whose second was cut.
		const at = this.#length - 6;
		const end = this.#kept.toString("latin1", at, this.#length);
		if (/^\\u[dD][89abAB][\da-fA-F]{2}$/.test(end) && this.#isEscape(at)) {
			this.#length = at;
		}
		this.#isCutting = true;
	}

	/** Returns whether the backslash at `at` begins an escape, rather than being escaped itself. */
	#isEscape(at: number): boolean {
		let run = 0;
		while (this.#kept[at - 1 - run] === backslash) {
			run += 1;
		}
		return run % 2 === 0;
	}

	#open(bracket: number): void {
		if (this.#depth < maxDepth) {
			this.#brackets[this.#depth] = bracket;
		} else {
			this.#letGo();
		}
		this.#depth += 1;
		this.#count();
	}

	#close(bracket: number): void {
		this.#depth -= 1;
		if (this.#depth < maxDepth) {
			const opened = bracket === closeBrace ? openBrace : openBracket;
			if (this.#brackets[this.#depth] !== opened) {
				this.#state = "broken";
				this.#done = true;
			}
		}
		this.#done ||= this.#depth === 0;
	}

	#count(): void {
		this.#values += 1;
		if (this.#values > maxValues) {
			this.#letGo();
		}
	}

	/** Keeps the bytes of the chunk that were scanned since the last call. */
	#keep(chunk: Uint8Array, to: number): void {
		if (this.#state === "keeping" && !this.#isCutting && to > this.#keptTo) {
			this.#append(chunk.subarray(this.#keptTo, to));
		}
		this.#keptTo = to;
	}

	#append(bytes: Uint8Array): void {
		const length = this.#length + bytes.length;
		if (this.#state !== "keeping") {
			return;
		}
		// A string that is being cut may exceed the limit for one chunk.
		if (length > this.#limitBytes && !this.#inString) {
			this.#letGo();
			return;
		}
		if (length > this.#kept.length) {
			const larger = Buffer.allocUnsafe(Math.max(length, this.#kept.length * 2));
			this.#kept.copy(larger, 0, 0, this.#length);
			this.#kept = larger;
		}
		this.#kept.set(bytes, this.#length);
		this.#length = length;
	}

	#letGo(): void {
		if (this.#state === "keeping") {
			this.#state = "tooLarge";
			this.#length = 0;
		}
	}
}
