import type { FileHandle } from "node:fs/promises";
import { FailureError } from "../protocol/failureError";

/** Longest string or array that a sane header holds; a larger count is damage. */
const saneCount = 2 ** 28;
const chunkBytes = 1 << 20;
/** GGUF's value types by number: how many bytes a number takes. String is 8, array 9. */
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

/** Reads forward through a GGUF's header, a megabyte at a time. All numbers are little-endian. */
export class GgufCursor {
	readonly #file: FileHandle;
	readonly #path: string;
	readonly #fileBytes: number;
	#chunk = Buffer.alloc(0);
	#chunkStart = 0;
	#position = 0;

	/** Where the next read begins. */
	get position(): number {
		return this.#position;
	}

	constructor(file: FileHandle, path: string, fileBytes: number) {
		this.#file = file;
		this.#path = path;
		this.#fileBytes = fileBytes;
	}

	/** Reads a value; arrays are passed over. */
	async value(type: number): Promise<string | number | undefined> {
		if (type === 8) {
			return this.string();
		}
		if (type === 9) {
			const elementType = await this.uint32();
			if (elementType === 9) {
				throw this.damaged("a list of lists in the header");
			}
			const count = await this.count();
			const width = numberBytes[elementType];
			if (width !== undefined) {
				this.#skip(count * width);
			} else {
				for (let index = 0; index < count; index++) {
					await this.value(elementType);
				}
			}
			return undefined;
		}
		const width = numberBytes[type];
		if (width === undefined) {
			throw this.damaged(`value type ${type} is unknown`);
		}
		const bytes = await this.bytes(width);
		if (type === 4) {
			return bytes.readUInt32LE();
		}
		return type === 10 ? Number(bytes.readBigUInt64LE()) : undefined;
	}

	/** A length and so many bytes of UTF-8. */
	async string(): Promise<string> {
		return (await this.bytes(await this.count())).toString("utf8");
	}

	async uint32(): Promise<number> {
		return (await this.bytes(4)).readUInt32LE();
	}

	async uint64(): Promise<number> {
		return Number((await this.bytes(8)).readBigUInt64LE());
	}

	/** A length; one beyond reason is damage. */
	async count(): Promise<number> {
		const count = await this.uint64();
		if (count > saneCount) {
			throw this.damaged(`a length of ${count} in the header`);
		}
		return count;
	}

	async bytes(length: number): Promise<Buffer> {
		const end = this.#position + length;
		if (end > this.#chunkStart + this.#chunk.length) {
			this.#requireWithin(end);
			const wanted = Math.max(length, Math.min(chunkBytes, this.#fileBytes - this.#position));
			const chunk = Buffer.alloc(wanted);
			const { bytesRead } = await this.#file.read(chunk, 0, wanted, this.#position);
			this.#chunk = chunk.subarray(0, bytesRead);
			this.#chunkStart = this.#position;
			this.#requireWithin(end, this.#chunkStart + bytesRead);
		}
		const start = this.#position - this.#chunkStart;
		this.#position = end;
		return this.#chunk.subarray(start, start + length);
	}

	#skip(length: number): void {
		this.#requireWithin(this.#position + length);
		this.#position += length;
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

	/** @returns the failure of a header that contradicts itself. */
	damaged(reason: string): FailureError {
		return new FailureError({ kind: "modelUnreadable", path: this.#path, reason });
	}
}
