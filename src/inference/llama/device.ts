import type { Llama } from "node-llama-cpp";
import type { BackendName } from "../../protocol/inference/deviceBackend";
import type { DeviceReason } from "../../protocol/inference/deviceReason";
import type { Device, GpuChoice, GpuLayers } from "../../protocol/inference/model";

/** Returns the backend that llama.cpp was loaded with, or the CPU if that was chosen in a build that supports more. */
export function backendOf(llama: Llama, choice: GpuChoice): BackendName {
	return llama.gpu === false || choice === "off" ? "cpu" : llama.gpu;
}

/** Returns the drivers' names of the GPUs that may be used. */
export async function gpuNames(llama: Llama, choice: GpuChoice): Promise<readonly string[]> {
	return backendOf(llama, choice) === "cpu" ? [] : llama.getGpuDeviceNames();
}

/** The requested device, and what was loaded. */
export interface LoadedDevice {
	readonly asked: GpuLayers;
	readonly gpuLayers: number;
	readonly totalLayers: number;
	readonly deviceNames: readonly string[];
	readonly threads: number;
}

/**
 * Returns the device that actually computes. A GPU backend without a device, or without a layer of the model on it, is
 * the CPU, whatever `llama.gpu` says.
 *
 * @returns the device, with a reason if it is less than the backend promises
 */
export function resolveDevice(
	backend: BackendName,
	{ asked, gpuLayers, totalLayers, deviceNames, threads }: LoadedDevice,
): { readonly device: Device; readonly reason: DeviceReason | undefined } {
	const cpu: Device = { kind: "cpu", threads };
	if (backend === "cpu") {
		return { device: cpu, reason: undefined };
	}
	if (deviceNames.length === 0) {
		const problem = { kind: "noDevice" } as const;
		return { device: cpu, reason: { kind: "backendProblem", backend, problem } };
	}
	if (gpuLayers === 0) {
		const reason: DeviceReason =
			asked === 0 ? { kind: "zeroLayers" } : { kind: "noLayerFits", deviceNames };
		return { device: cpu, reason };
	}
	const kind = asked === "auto" ? "layersFit" : "layersSet";
	return {
		device: { kind: "gpu", backend, deviceNames, gpuLayers, totalLayers, threads },
		reason: gpuLayers < totalLayers ? { kind, gpuLayers, totalLayers } : undefined,
	};
}
