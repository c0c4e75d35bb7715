/** What of a model decides how much memory it takes. */
export interface ModelDemand {
	/** Of all parts together: weights lie in memory as they lie in the file. */
	readonly fileBytes: number;
	/** Bytes that each token of context takes; `undefined` where that is not known, and then not counted. */
	readonly cacheBytesPerToken: number | undefined;
	/** As llama.cpp counts them: the blocks and the output layer. At least 1. */
	readonly totalLayers: number;
}

/** Memory that a model may take. */
export interface FreeMemory {
	/** Of the machine's main memory. */
	readonly ramBytes: number;
	/** Of the GPU's own memory; `undefined` where there is no GPU or nobody has asked it yet. */
	readonly gpuBytes: number | undefined;
}

/** How a model would run on a machine. */
export type ModelFit =
	| { readonly kind: "gpu" }
	/** `gpuLayers` is at least 1 and less than `totalLayers`. */
	| { readonly kind: "partly"; readonly gpuLayers: number; readonly totalLayers: number }
	| { readonly kind: "cpu"; readonly memoryBytes: number }
	| { readonly kind: "tooLarge"; readonly requiredBytes: number; readonly freeBytes: number };

/** Of the GPU's memory, kept for what llama.cpp computes in and for the screen: an assumption, in bytes. */
const gpuReserveBytes = 512 * 2 ** 20;

/**
 * Estimates how a model would run with a context of `contextTokens`. Layers are taken to be of one size, and what is
 * not on the GPU to be in main memory.
 */
export function estimateFit(
	{ fileBytes, cacheBytesPerToken, totalLayers }: ModelDemand,
	contextTokens: number,
	{ ramBytes, gpuBytes }: FreeMemory,
): ModelFit {
	const requiredBytes = fileBytes + contextTokens * (cacheBytesPerToken ?? 0);
	const usableGpuBytes = Math.max(0, (gpuBytes ?? 0) - gpuReserveBytes);
	if (requiredBytes <= usableGpuBytes) {
		return { kind: "gpu" };
	}
	const freeBytes = ramBytes + usableGpuBytes;
	if (requiredBytes > freeBytes) {
		return { kind: "tooLarge", requiredBytes, freeBytes };
	}
	const gpuLayers = Math.floor((totalLayers * usableGpuBytes) / requiredBytes);
	return gpuLayers === 0
		? { kind: "cpu", memoryBytes: requiredBytes }
		: { kind: "partly", gpuLayers, totalLayers };
}
