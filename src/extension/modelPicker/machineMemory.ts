import { freemem, totalmem } from "node:os";
import type { DeviceReport } from "../../protocol/inference/deviceReport";
import type { FreeMemory } from "../../protocol/inference/modelFit";

/** The share of a Mac's memory that a model can use. This is an assumption, not a measurement. */
const macShare = 0.75;

/**
 * Returns the memory that a model can use on this machine once it has replaced the loaded one.
 *
 * @param report the devices that the backends found; `undefined` until they have been detected
 */
export function machineMemory(report: DeviceReport | undefined): FreeMemory {
	const loaded = report?.loaded?.info.memoryBytes ?? { ram: 0, gpu: 0 };
	const gpuBytes = freeOnGpu(report, loaded.gpu);
	if (process.platform === "darwin") {
		// macOS counts only completely unused memory as free, so `freemem` is too low. The GPU shares main memory.
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
