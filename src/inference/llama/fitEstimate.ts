import { freemem } from "node:os";
import type * as NodeLlamaCpp from "node-llama-cpp";
import type { ModelFit } from "../../protocol/modelFit";
import type { EstimateFitParams } from "../../protocol/inference";
import { readGgufHeader } from "../ggufFile";

/**
 * Estimates how a model would run here, by node-llama-cpp's own reckoning of weights and context (`GgufInsights`).
 *
 * @param path of the model's file, or of its beginning with the whole header
 * @throws {FailureError} `modelTruncated` if the header is not whole, and what else is wrong with it
 */
export async function estimateFit(
	library: typeof NodeLlamaCpp,
	llama: NodeLlamaCpp.Llama,
	{ path, contextTokens: asked }: EstimateFitParams,
): Promise<ModelFit> {
	const { trainedContextTokens = Infinity } = await readGgufHeader(path);
	const leastTokens = 512;
	const contextSize = Math.min(asked === 0 ? leastTokens : asked, trainedContextTokens);
	const info = await library.readGgufFileInfo(path, { logWarnings: false });
	const insights = await library.GgufInsights.from(info, llama);
	const { totalLayers } = insights;
	const { gpuLayers } = await insights.configurationResolver.resolveModelGpuLayersV2({
		fitContext: { contextSize },
	});
	if (gpuLayers >= totalLayers) {
		return { kind: "gpu" };
	}
	const weights = await insights.estimateModelResourceRequirementsV2({ gpuLayers });
	const context = await insights.estimateContextResourceRequirementsV2({
		contextSize,
		modelGpuLayers: gpuLayers,
		sequences: 1,
	});
	const requiredBytes = weights.cpuRam + context.cpuRam;
	// macOS calls memory free only while nothing at all is in it; what is not wired can be had.
	const freeBytes = process.platform === "darwin" ? (await llama.getRamState()).free : freemem();
	if (requiredBytes > freeBytes) {
		return { kind: "tooLarge", requiredBytes, freeBytes };
	}
	return gpuLayers > 0
		? { kind: "partly", gpuLayers, totalLayers }
		: { kind: "cpu", memoryBytes: requiredBytes };
}
