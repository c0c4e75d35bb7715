/** The properties of a model that determine how much memory it takes. */
export interface ModelDemand {
	/** Bytes of all parts together: weights take as much memory as space in the file. */
	readonly fileBytes: number;
	/** Bytes per token of context; `undefined` if unknown, and then not counted. */
	readonly cacheBytesPerToken: number | undefined;
	/** As llama.cpp counts them: the blocks and the output layer. At least 1. */
	readonly totalLayers: number;
}

/** Memory that a model may use. */
export interface FreeMemory {
	/** Main memory of the machine. */
	readonly ramBytes: number;
	/** The GPU's own memory; `undefined` if there is no GPU, or its memory is not known yet. */
	readonly gpuBytes: number | undefined;
}

/** How a model would run on a machine. */
export type ModelFit =
	| { readonly kind: "gpu" }
	/** `gpuLayers` is at least 1 and less than `totalLayers`. */
	| { readonly kind: "partly"; readonly gpuLayers: number; readonly totalLayers: number }
	| { readonly kind: "cpu"; readonly memoryBytes: number }
	| { readonly kind: "tooLarge"; readonly requiredBytes: number; readonly freeBytes: number };

/** GPU memory reserved for llama.cpp's compute buffers and for the screen, in bytes. An assumption. */
const gpuReserveBytes = 512 * 2 ** 20;

/**
 * Estimates how a model would run with a context of `contextTokens`. Assumes that all layers have the same size, and
 * that everything that is not on the GPU is in main memory.
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
