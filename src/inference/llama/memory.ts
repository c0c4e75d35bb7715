import { freemem } from "node:os";
import type { Llama } from "node-llama-cpp";
import type { LoadOptions } from "../engine";
import type { GgufFile } from "../../gguf/ggufFile";
import { FailureError } from "../../protocol/failureError";

/** What of a model decides how much memory it takes. */
type Demand = Pick<GgufFile, "fileBytes" | "cacheBytesPerToken" | "trainedContextTokens">;

/** Least context that is worth loading a model for when the setting leaves the size open. */
const leastContextTokens = 512;

/**
 * Refuses a model that would not fit into memory with its context. llama.cpp maps weights from the file, so without
 * this check a model that is too large would load, and read its file from the disk for every token.
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
 * @param error the library's
 * @returns the failure of a model that passed `requireMemory` and that the library, which counts more, finds too large.
 */
export async function insufficientMemory(
	llama: Llama,
	{ path, contextTokens: asked, gpuLayers }: LoadOptions,
	file: Demand,
	error: Error,
): Promise<FailureError> {
	// Only its words tell which memory it was (3.22).
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

/** @returns tokens of the smallest context that will do. */
export function leastContext(asked: number, file: Pick<GgufFile, "trainedContextTokens">): number {
	return Math.min(
		asked === 0 ? leastContextTokens : asked,
		file.trainedContextTokens ?? leastContextTokens,
	);
}

/** @returns bytes that a model may take: the processor's and, where one is used, the GPU's. */
async function freeMemory(llama: Llama): Promise<number> {
	const ram = await freeRam(llama);
	return llama.gpu === false ? ram : ram + (await llama.getVramState()).free;
}

/** @returns bytes of main memory that can be had. */
export async function freeRam(llama: Llama): Promise<number> {
	// macOS calls memory free only while nothing at all is in it; what is not wired can be had.
	return process.platform === "darwin" ? (await llama.getRamState()).free : freemem();
}
