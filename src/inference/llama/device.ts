import type { Llama } from "node-llama-cpp";
import type { BackendName } from "../../protocol/inference/deviceBackend";
import { backendTitle, describeBackendProblem } from "../../protocol/inference/describeBackend";
import type { Device, GpuChoice, GpuLayers } from "../../protocol/inference/model";

/** @returns what llama.cpp was loaded with; the processor, where that was asked for in a build that has more. */
export function backendOf(llama: Llama, choice: GpuChoice): BackendName {
	return llama.gpu === false || choice === "off" ? "cpu" : llama.gpu;
}

/** @returns the GPUs that may be used, as the driver names them. */
export async function gpuNames(llama: Llama, choice: GpuChoice): Promise<readonly string[]> {
	return backendOf(llama, choice) === "cpu" ? [] : llama.getGpuDeviceNames();
}

/** What was asked for, and what came of it. */
export interface LoadedDevice {
	readonly asked: GpuLayers;
	readonly gpuLayers: number;
	readonly totalLayers: number;
	readonly deviceNames: readonly string[];
	readonly threads: number;
}

/**
 * Tells what really computes: a GPU's backend without a device, or without a layer of the model on it, is the
 * processor in truth, whatever `llama.gpu` says.
 *
 * @returns with a reason where that is less than the backend promises; it is empty otherwise.
 */
export function resolveDevice(
	backend: BackendName,
	{ asked, gpuLayers, totalLayers, deviceNames, threads }: LoadedDevice,
): { readonly device: Device; readonly reason: string } {
	const cpu = (reason: string): { device: Device; reason: string } => ({
		device: { kind: "cpu", threads },
		reason,
	});
	if (backend === "cpu") {
		return cpu("");
	}
	if (deviceNames.length === 0) {
		return cpu(`${backendTitle(backend)} ${describeBackendProblem(backend, { kind: "noDevice" })}`);
	}
	if (gpuLayers === 0) {
		return cpu(
			asked === 0
				? "The setting Local LLM: Gpu Layers is 0"
				: `No layer of the model fits into the memory of ${deviceNames.join(", ")}`,
		);
	}
	const part =
		asked === "auto"
			? "fit into its memory"
			: "are on it, as the setting Local LLM: Gpu Layers says";
	return {
		device: { kind: "gpu", backend, deviceNames, gpuLayers, totalLayers, threads },
		reason: gpuLayers < totalLayers ? `${gpuLayers} of ${totalLayers} layers ${part}` : "",
	};
}
