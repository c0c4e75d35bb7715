import type { FileHandle } from "node:fs/promises";
import { FailureError } from "../protocol/failureError";
import type { Counted, HeaderBudget } from "./headerBudget";

/** Longest string or list in a sane header; a larger count means that the file is damaged. */
const saneCount = 2 ** 28;
const chunkBytes = 1 << 20;
/** Bytes of a string that are kept; the longest chat templates have tens of thousands. */
const keptBytes = 1 << 20;
/** GGUF's own limit for keys. */
const longestKey = 65_535;
/** Bytes of each numeric GGUF value type, by type number. Type 8 is a string, 9 a list. */
const numberBytes: Readonly<Record<number, number>> = {
	0: 1,
	1: 1,
	2: 2,
	3: 2,
	4: 4,
	5: 4,
	6: 4,
	7: 1,
	10: 8,
	11: 8,
	12: 8,
};
const types = { string: 8, list: 9 };

/** Stands for a list, whose elements are skipped. */
export const list = Symbol("list");
export type GgufValue = string | number | boolean | typeof list;

/** Reads forward through a GGUF header, a megabyte at a time and within a budget. All numbers are little-endian. */
export class GgufCursor {
	readonly #file: FileHandle;
	readonly #path: string;
	readonly #fileBytes: number;
	readonly #budget: HeaderBudget;
	#chunk = Buffer.alloc(0);
	#chunkStart = 0;
	#position = 0;

	/** The offset of the next read. */
	get position(): number {
		return this.#position;
	}

	constructor(file: FileHandle, path: string, fileBytes: number, budget: HeaderBudget) {
		this.#file = file;
		this.#path = path;
		this.#fileBytes = fileBytes;
		this.#budget = budget;
	}

	async value(): Promise<GgufValue> {
		const type = await this.uint32();
		if (type === types.string) {
			return this.#text();
		}
		if (type === types.list) {
			await this.#passList();
			return list;
		}
		const width = numberBytes[type];
		if (width === undefined) {
			throw this.damaged(`value type ${type} is unknown`);
		}
		return numberIn(await this.bytes(width), type);
	}

	/** Reads the number of entries or tensors. */
	async countOf(what: "keys" | "tensors"): Promise<number> {
		const count = await this.count();
		this.#spend(what, count);
		return count;
	}

	/** Reads the name of an entry or a tensor. */
	async name(): Promise<string> {
		const length = await this.count();
		if (length > longestKey) {
			throw this.damaged(`a name of ${length} bytes in the header`);
		}
		return (await this.bytes(length)).toString("utf8");
	}

	async uint32(): Promise<number> {
		return (await this.bytes(4)).readUInt32LE();
	}

	async uint64(): Promise<number> {
		return Number((await this.bytes(8)).readBigUInt64LE());
	}

	/** Reads a length; an unreasonable one means that the file is damaged. */
	async count(): Promise<number> {
		const count = await this.uint64();
		if (count > saneCount) {
			throw this.damaged(`a length of ${count} in the header`);
		}
		return count;
	}

	async bytes(length: number): Promise<Buffer> {
		const start = this.#position - this.#chunkStart;
		if (start + length > this.#chunk.length) {
			await this.#load(length);
			return this.bytes(length);
		}
		this.#spend("bytes", length);
		this.#position += length;
		return this.#chunk.subarray(start, start + length);
	}

	/** Returns the failure for a header that contradicts itself. */
	damaged(reason: string): FailureError {
		return new FailureError({ kind: "modelUnreadable", path: this.#path, reason });
	}

	/** Reads a length and that many bytes of UTF-8, of which it returns the first megabyte. */
	async #text(): Promise<string> {
		const length = await this.count();
		const kept = (await this.bytes(Math.min(length, keptBytes))).toString("utf8");
		this.#skip(length - Math.min(length, keptBytes));
		return kept;
	}

	async #passList(): Promise<void> {
		const type = await this.uint32();
		if (type === types.list) {
			throw this.damaged("a list of lists in the header");
		}
		const count = await this.count();
		if (type === types.string) {
			await this.#passStrings(count);
			return;
		}
		const width = numberBytes[type];
		if (width === undefined) {
			throw this.damaged(`value type ${type} is unknown`);
		}
		this.#skip(count * width);
	}

	/** Skips strings in bulk: a vocabulary has hundreds of thousands, too many to await one by one. */
	async #passStrings(count: number): Promise<void> {
		this.#spend("strings", count);
		for (let left = count; left > 0;) {
			await this.bytes(0);
			left -= this.#passLoadedStrings(left);
			if (left > 0) {
				this.#skip(await this.count());
				left -= 1;
			}
		}
	}

	/** Skips up to `most` strings that are entirely in the loaded bytes, and returns how many. */
	#passLoadedStrings(most: number): number {
		const end = this.#chunk.length;
		let at = this.#position - this.#chunkStart;
		let passed = 0;
		for (; passed < most && at + 8 <= end; passed++) {
			const next = at + 8 + Number(this.#chunk.readBigUInt64LE(at));
			if (next > end) {
				break;
			}
			at = next;
		}
		this.#skip(at - (this.#position - this.#chunkStart));
		return passed;
	}

	async #load(length: number): Promise<void> {
		this.#requireWithin(this.#position + length);
		const wanted = Math.max(length, Math.min(chunkBytes, this.#fileBytes - this.#position));
		const chunk = Buffer.alloc(wanted);
		const { bytesRead } = await this.#file.read(chunk, 0, wanted, this.#position);
		this.#chunk = chunk.subarray(0, bytesRead);
		this.#chunkStart = this.#position;
		this.#requireWithin(this.#position + length, this.#position + bytesRead);
	}

	#skip(length: number): void {
		this.#requireWithin(this.#position + length);
		this.#spend("bytes", length);
		this.#position += length;
	}

	#spend(what: Counted, count: number): void {
		const objection = this.#budget.spend(what, count);
		if (objection !== undefined) {
			throw this.damaged(objection);
		}
	}

	#requireWithin(end: number, available = this.#fileBytes): void {
		if (end > available) {
			throw new FailureError({
				kind: "modelTruncated",
				path: this.#path,
				fileBytes: this.#fileBytes,
			});
		}
	}
}

function numberIn(bytes: Buffer, type: number): number | boolean {
	switch (type) {
		case 6:
			return bytes.readFloatLE();
		case 7:
			return bytes.readUInt8() !== 0;
		case 10:
			return Number(bytes.readBigUInt64LE());
		case 11:
			return Number(bytes.readBigInt64LE());
		case 12:
			return bytes.readDoubleLE();
		default:
			return type % 2 === 0 ? bytes.readUIntLE(0, bytes.length) : bytes.readIntLE(0, bytes.length);
	}
}
