import {
	access,
	open,
	readFile,
	rename,
	rm,
	stat,
	writeFile,
	type FileHandle,
} from "node:fs/promises";
import * as v from "valibot";
import type { RemoteFile } from "../remoteModel";

/** Bytes written between two checks that the file is still at its path. */
const bytesPerLook = 16 * 1024 * 1024;

/** Identifies the file that a part belongs to. A part of other content is discarded. */
const recordSchema = v.object({
	bytes: v.number(),
	digest: v.nullable(v.string()),
	etag: v.nullable(v.string()),
});

/** The received part of a file, stored beside the target path. It survives restarts. */
export class PartFile {
	readonly path: string;
	readonly #target: string;
	readonly #handle: FileHandle;
	#bytes: number;
	#unseenBytes = 0;

	private constructor(target: string, handle: FileHandle, bytes: number) {
		this.#target = target;
		this.path = partOf(target);
		this.#handle = handle;
		this.#bytes = bytes;
	}

	/** Opens the part that an earlier attempt left, or an empty one. Its folder must exist. */
	static async open(target: string, file: RemoteFile): Promise<PartFile> {
		const bytes = await receivedBytes(target, file);
		if (bytes === 0) {
			await rm(partOf(target), { force: true });
			const { bytes: wholeBytes, checksum, etag } = file;
			const record = { bytes: wholeBytes, digest: checksum?.digest ?? null, etag: etag ?? null };
			await writeFile(recordOf(target), JSON.stringify(record));
		}
		return new PartFile(target, await open(partOf(target), bytes === 0 ? "w" : "r+"), bytes);
	}

	/** The bytes received so far. */
	get bytes(): number {
		return this.#bytes;
	}

	/** @throws {Error} ENOENT if the file was moved or deleted */
	async append(chunk: Uint8Array): Promise<void> {
		this.#unseenBytes += chunk.length;
		if (this.#unseenBytes > bytesPerLook) {
			this.#unseenBytes = 0;
			await access(this.path);
		}
		let written = 0;
		while (written < chunk.length) {
			const rest = chunk.length - written;
			const { bytesWritten } = await this.#handle.write(chunk, written, rest, this.#bytes);
			written += bytesWritten;
			this.#bytes += bytesWritten;
		}
	}

	/** Discards the bytes and starts over. */
	async restart(): Promise<void> {
		await this.#handle.truncate(0);
		this.#bytes = 0;
	}

	/** Flushes the part to disk and closes it, so that the next attempt can resume. */
	async close(): Promise<void> {
		try {
			await this.#handle.sync();
		} finally {
			await this.#handle.close();
		}
	}

	/** Renames the closed part to its final name. */
	async complete(): Promise<void> {
		await rename(this.path, this.#target);
		await rm(recordOf(this.#target), { force: true });
		await rm(damagedOf(this.#target), { force: true });
	}

	/** Moves the closed part out of the next attempt's way and returns its new path. */
	async setAside(): Promise<string> {
		await rename(this.path, damagedOf(this.#target));
		await rm(recordOf(this.#target), { force: true });
		return damagedOf(this.#target);
	}
}

/** Returns how many bytes of `file` an earlier attempt left beside `target`. */
export async function receivedBytes(target: string, file: RemoteFile): Promise<number> {
	const { size } = await stat(partOf(target)).catch(() => ({ size: 0 }));
	return size <= file.bytes && (await isOf(target, file)) ? size : 0;
}

async function isOf(target: string, file: RemoteFile): Promise<boolean> {
	const text = await readFile(recordOf(target), "utf8").catch(() => "");
	const record = v.safeParse(v.pipe(v.string(), v.parseJson(), recordSchema), text);
	if (!record.success || record.output.bytes !== file.bytes) {
		return false;
	}
	const { digest, etag } = record.output;
	return file.checksum === undefined
		? etag !== null && etag === file.etag
		: digest === file.checksum.digest;
}

/** Returns the path of the part while `target` is being fetched. */
export function partOf(target: string): string {
	return `${target}.part`;
}

function recordOf(target: string): string {
	return `${target}.part.json`;
}

function damagedOf(target: string): string {
	return `${target}.damaged`;
}
