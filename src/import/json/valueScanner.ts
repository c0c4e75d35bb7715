import { keptDataBytes, maxDepth, maxStringBytes, maxValueBytes, maxValues } from "../importLimits";

/** A value as it stands in a document. */
export type ScannedValue =
	/** Its JSON; whether it is correct is for `JSON.parse` to say. */
	| { readonly kind: "json"; readonly text: string }
	/** Nobody wanted it. */
	| { readonly kind: "passed" }
	/** It holds too much: too many bytes, values or levels. */
	| { readonly kind: "tooLarge" }
	/** Its brackets do not match, so that its end cannot be told. */
	| { readonly kind: "broken" };

/** Stands at the end of a string of which the rest was too long. */
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

/** @returns whether a byte is what JSON allows between values. */
export function isBlank(byte: number): boolean {
	return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** @returns whether a byte of UTF-8 goes on with a character. */
function isInCharacter(byte = 0): boolean {
	return (byte & 0xc0) === 0x80;
}

/** How an embedded picture or file begins; a text that begins with "data:" goes on differently. */
const dataUrl = /^"data:[\w.+-]+\\?\/[\w.+-]+(?:;[\w=.+-]+)*[;,]/;
/** So much is enough to know one. */
const dataUrlBytes = 256;
/** Strings up to so many bytes are kept as they are. */
const longBytes = 1024;

/**
 * Finds the end of one JSON value in chunks of UTF-8, and keeps its bytes as far as the limits allow: a string that is
 * too long is cut, a value that holds too much is passed over to its end.
 */
export class ValueScanner {
	#kept = Buffer.allocUnsafe(64 * 1024);
	#length = 0;
	/** What of the chunk is kept already ends here. */
	#keptTo = 0;
	#state: "keeping" | "passed" | "tooLarge" | "broken" = "passed";
	#done = true;
	#started = false;
	#inString = false;
	#isEscaped = false;
	/** Where the string that is being read begins in what is kept. */
	#stringFrom = 0;
	/** The rest of the string that is being read is left out. */
	#isCutting = false;
	#depth = 0;
	readonly #brackets = new Uint8Array(maxDepth);
	#values = 0;
	#limitBytes = maxValueBytes;

	get isDone(): boolean {
		return this.#done;
	}

	/** Begins a value whose first byte is the next. */
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

	/** Reads on. @returns the place behind what was read: of the value's end, or the end of the chunk. */
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

	/** @returns what was read, once it is done. */
	take(): ScannedValue {
		return this.#state === "keeping"
			? { kind: "json", text: this.#kept.toString("utf8", 0, this.#length) }
			: { kind: this.#state };
	}

	/** Reads on outside of strings. @returns the place of a string's first character, or of the end. */
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

	/** Reads on in a string. @returns the place behind its end, or the end of the chunk. */
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

	/** Takes back what was kept of the string beyond `bytes`, and of an escape or a character that would be divided. */
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
		// Of a pair of escapes, the second is gone.
		const at = this.#length - 6;
		const end = this.#kept.toString("latin1", at, this.#length);
		if (/^\\u[dD][89abAB][\da-fA-F]{2}$/.test(end) && this.#isEscape(at)) {
			this.#length = at;
		}
		this.#isCutting = true;
	}

	/** @returns whether the backslash at that place begins an escape, and is not the second of its own. */
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

	/** Keeps what has been read of the chunk since it was called last. */
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
		// A string that is cut anyway may be longer for one chunk.
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
