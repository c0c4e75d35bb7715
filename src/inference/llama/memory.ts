import { freemem } from "node:os";
import type { Llama } from "node-llama-cpp";
import type { LoadOptions } from "../engine";
import type { GgufFile } from "../../gguf/ggufFile";
import { FailureError } from "../../protocol/failureError";

/** The properties of a model that determine its memory use. */
type Demand = Pick<GgufFile, "fileBytes" | "cacheBytesPerToken" | "trainedContextTokens">;

/** Smallest context worth loading a model for if the setting leaves the size open. */
const leastContextTokens = 512;

/**
 * Rejects a model that does not fit into memory with its context. llama.cpp maps weights from the file: without this
 * check, an oversized model would load, and read its file from disk for every token.
 *
 * @throws {FailureError} `insufficientMemory`
 */
export async function requireMemory(
	llama: Llama,
	{ path, contextTokens: asked }: LoadOptions,
	file: Demand,
): Promise<void> {
	const contextTokens = leastContext(asked, file);
	const requiredBytes = file.fileBytes + contextTokens * (file.cacheBytesPerToken ?? 0);
	const freeBytes = await freeMemory(llama);
	if (requiredBytes > freeBytes) {
		throw new FailureError({
			kind: "insufficientMemory",
			path,
			requiredBytes,
			freeBytes,
			contextTokens,
		});
	}
}

/**
 * Returns the failure for a model that passed `requireMemory` but that the library, whose estimate is higher, finds too
 * large.
 *
 * @param error the library's error
 */
export async function insufficientMemory(
	llama: Llama,
	{ path, contextTokens: asked, gpuLayers }: LoadOptions,
	file: Demand,
	error: Error,
): Promise<FailureError> {
	// Only the error's message tells which memory was too small (3.22).
	if (gpuLayers !== "auto" && llama.gpu !== false && error.message.includes("VRAM")) {
		const { free } = await llama.getVramState();
		return new FailureError({ kind: "tooManyGpuLayers", gpuLayers, freeBytes: free });
	}
	return new FailureError({
		kind: "insufficientMemory",
		path,
		requiredBytes: undefined,
		freeBytes: await freeMemory(llama),
		contextTokens: leastContext(asked, file),
	});
}

/** Returns the smallest acceptable context, in tokens. */
export function leastContext(asked: number, file: Pick<GgufFile, "trainedContextTokens">): number {
	return Math.min(
		asked === 0 ? leastContextTokens : asked,
		file.trainedContextTokens ?? leastContextTokens,
	);
}

/** Returns the bytes of memory that a model may use: main memory and, if a GPU is used, its memory. */
async function freeMemory(llama: Llama): Promise<number> {
	const ram = await freeRam(llama);
	return llama.gpu === false ? ram : ram + (await llama.getVramState()).free;
}

/** Returns the bytes of main memory that are available. */
export async function freeRam(llama: Llama): Promise<number> {
	// On macOS, `freemem` counts only unused pages; everything that is not wired is available.
	return process.platform === "darwin" ? (await llama.getRamState()).free : freemem();
}
