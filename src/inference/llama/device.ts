import type { Llama } from "node-llama-cpp";
import type { InitializeResult } from "../../protocol/inference";
import type { Device, GpuChoice } from "../../protocol/model";

/** @returns what llama.cpp was loaded with. */
export function backendOf(llama: Llama): InitializeResult["backend"] {
	return llama.gpu === false ? "cpu" : llama.gpu;
}

/**
 * Tells what really computes: a GPU's backend without a device, or without a layer of the model on it, is the
 * processor in truth, whatever `llama.gpu` says.
 */
export async function findDevice(
	llama: Llama,
	choice: GpuChoice,
	layers: { readonly gpuLayers: number; readonly totalLayers: number },
	threads: number,
): Promise<{ readonly device: Device; readonly reason: string }> {
	const cpu = (reason: string): { device: Device; reason: string } => ({
		device: { kind: "cpu", threads },
		reason,
	});
	if (llama.gpu === false) {
		return cpu(
			choice === "off"
				? "The setting Local LLM: Gpu is “off”"
				: "No GPU backend could be loaded on this machine",
		);
	}
	const deviceNames = await llama.getGpuDeviceNames();
	if (deviceNames.length === 0) {
		return cpu(`The ${llama.gpu} backend found no GPU`);
	}
	if (layers.gpuLayers === 0) {
		return cpu(`No layer of the model fits into the memory of ${deviceNames.join(", ")}`);
	}
	const part =
		layers.gpuLayers < layers.totalLayers
			? `; ${layers.gpuLayers} of ${layers.totalLayers} layers fit into its memory`
			: "";
	const why =
		choice === "auto"
			? "The best GPU backend that works on this machine"
			: "As the setting Local LLM: Gpu says";
	return {
		device: { kind: "gpu", backend: llama.gpu, deviceNames, ...layers, threads },
		reason: why + part,
	};
}
