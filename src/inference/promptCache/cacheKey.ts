import { createHash } from "node:crypto";
import { open } from "node:fs/promises";

/** Bytes read from a model's beginning, which has its metadata, and from its end, which has its last weights. */
const sampleBytes = 2 ** 20;

/** What determines the shape and meaning of a state, apart from its tokens. */
export interface CacheKeyParts {
	/** Paths of the model's files, in order. */
	readonly modelFiles: readonly string[];
	readonly llamaCppRelease: string;
	readonly libraryVersion: string;
	readonly backend: string;
	readonly gpuLayers: number;
	/** Some models position tokens differently in a longer context. */
	readonly contextTokens: number;
}

/**
 * Returns a key that differs whenever a state must not be loaded.
 *
 * @throws {Error} if a file cannot be read
 */
export async function cacheKey({ modelFiles, ...rest }: CacheKeyParts): Promise<string> {
	const hash = createHash("sha256");
	hash.update(JSON.stringify(rest));
	for (const file of modelFiles) {
		const handle = await open(file);
		try {
			const { size, mtimeMs } = await handle.stat();
			hash.update(JSON.stringify([file, size, mtimeMs]));
			for (const position of [0, Math.max(0, size - sampleBytes)]) {
				const { buffer, bytesRead } = await handle.read({
					buffer: Buffer.alloc(sampleBytes),
					position,
				});
				hash.update(buffer.subarray(0, bytesRead));
			}
		} finally {
			await handle.close();
		}
	}
	return hash.digest("hex");
}
