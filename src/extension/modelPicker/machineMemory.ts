import { freemem, totalmem } from "node:os";
import type { DeviceReport } from "../../protocol/inference/deviceReport";
import type { FreeMemory } from "../../protocol/inference/modelFit";

/** The part of a Mac's memory that a model can have: an assumption. */
const macShare = 0.75;

/**
 * @param report what the backends found; `undefined` while nobody has asked them
 * @returns the memory that a model may take on this machine in place of the one that is loaded.
 */
export function machineMemory(report: DeviceReport | undefined): FreeMemory {
	const loaded = report?.loaded?.info.memoryBytes ?? { ram: 0, gpu: 0 };
	const gpuBytes = freeOnGpu(report, loaded.gpu);
	if (process.platform === "darwin") {
		// macOS calls memory free only while nothing at all is in it, and its GPU shares it.
		return { ramBytes: Math.max(0, totalmem() * macShare - (gpuBytes ?? 0)), gpuBytes };
	}
	return { ramBytes: freemem() + loaded.ram, gpuBytes };
}

function freeOnGpu(report: DeviceReport | undefined, loadedBytes: number): number | undefined {
	const usable = (report?.backends ?? []).filter(
		({ problem, devices }) => problem === undefined && (devices?.names.length ?? 0) > 0,
	);
	const free = usable.flatMap(({ devices, isChosen }) =>
		devices?.memory ? [devices.memory.freeBytes + (isChosen ? loadedBytes : 0)] : [],
	);
	return free.length > 0 ? Math.max(...free) : undefined;
}
