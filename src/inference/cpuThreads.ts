/** Decoding is bound by memory bandwidth; beyond this many threads it gains nothing on ordinary machines. */
const mostThreads = 8;

/**
 * @param setting `localLlm.threads`: taken as it is, 0 to choose.
 * @param physicalCores cores that llama.cpp counts as fit for mathematics.
 * @param usableCores cores that this process may use, hyper-threads included.
 * @returns how many threads compute: all cores but one. A single core that another program needs makes every
 * thread wait at the next barrier (docs/adr/0009-cpu-threads.md).
 */
export function cpuThreads(setting: number, physicalCores: number, usableCores: number): number {
	if (setting > 0) {
		return setting;
	}
	return Math.max(1, Math.min(physicalCores, usableCores, mostThreads + 1) - 1);
}
