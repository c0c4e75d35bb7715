import type { DeviceReport } from "../../../src/protocol/inference/deviceReport";
import type { ModelInfo } from "../../../src/protocol/inference/model";

const gib = 2 ** 30;

/** Returns the report of a machine whose GPU the CPU simulates, with `info` loaded. */
export function sampleDeviceReport(info: ModelInfo | undefined): DeviceReport {
	const cpu = { names: [], memory: undefined };
	return {
		backends: [
			{
				backend: "metal",
				problem: { kind: "otherSystem" },
				devices: undefined,
				isChosen: false,
			},
			{
				backend: "vulkan",
				problem: { kind: "died", exitCode: null, signal: "SIGSEGV" },
				devices: undefined,
				isChosen: false,
			},
			{ backend: "cpu", problem: undefined, devices: cpu, isChosen: true },
		],
		loaded: info && {
			info,
			gpuLayers: 0,
			totalLayers: 4,
			contextReason: "trained",
			threadsAreSet: false,
		},
		machine: {
			ram: { totalBytes: 16 * gib, freeBytes: 8 * gib },
			processor: { mathCores: 4, usableCores: 8 },
			versions: { llamaCpp: "b1", nodeLlamaCpp: "3.0.0", node: "22.0.0" },
		},
	};
}
