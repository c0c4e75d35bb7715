import type * as NodeLlamaCpp from "node-llama-cpp";
import type { ModelFit } from "../../protocol/inference/modelFit";
import { kindInName } from "../../protocol/download/modelFileName";
import type { EstimateFitParams } from "../../protocol/inference/inference";
import { readGgufHeader } from "../../gguf/ggufFile";
import { kindOfFirst, requireChatModel } from "../../gguf/ggufModel";
import { gpuLayersToLoad } from "./gpuLayers";
import { freeRam, leastContext } from "./memory";

/**
 * Estimates how a model would run on this machine, with node-llama-cpp's own calculation for weights and context
 * (`GgufInsights`).
 *
 * @param path the model's file, or the beginning of it with the whole header
 * @throws {FailureError} `modelTruncated` if the header is incomplete, `notChatModel`, or another fault of the file
 */
export async function estimateFitByEngine(
	library: typeof NodeLlamaCpp,
	llama: NodeLlamaCpp.Llama,
	{ path, ...options }: EstimateFitParams,
): Promise<ModelFit> {
	const header = await readGgufHeader(path);
	requireChatModel(path, { ...header, kind: kindOfFirst(header, kindInName(path)) });
	const contextSize = leastContext(options.contextTokens, header);
	const info = await library.readGgufFileInfo(path, { logWarnings: false });
	const insights = await library.GgufInsights.from(info, llama);
	const { totalLayers } = insights;
	const hasDevice = (await llama.getGpuDeviceNames()).length > 0;
	const { gpuLayers } = await insights.configurationResolver.resolveModelGpuLayersV2(
		gpuLayersToLoad(options, header.trainedContextTokens, hasDevice),
	);
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
	const freeBytes = await freeRam(llama);
	if (requiredBytes > freeBytes) {
		return { kind: "tooLarge", requiredBytes, freeBytes };
	}
	return gpuLayers > 0
		? { kind: "partly", gpuLayers, totalLayers }
		: { kind: "cpu", memoryBytes: requiredBytes };
}
