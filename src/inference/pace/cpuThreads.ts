/** Decoding is bound by memory bandwidth; beyond this many threads it gains nothing on ordinary machines. */
const mostThreads = 8;

export interface ThreadRange {
	/** Threads that compute at first. */
	readonly initial: number;
	/** Threads that may compute while the machine has nothing else to do. */
	readonly most: number;
}

/**
 * @param setting `localLlm.threads`: taken as far as there are cores, 0 to choose.
 * @param physicalCores cores that llama.cpp counts as fit for mathematics.
 * @param usableCores cores that this process may use, hyper-threads included.
 * @returns at first all cores but one. A single core that another program needs makes every thread wait at the next
 * barrier (docs/adr/0009-cpu-threads.md), so that all are used only where they are seen to be free.
 */
export function cpuThreads(
	setting: number,
	physicalCores: number,
	usableCores: number,
): ThreadRange {
	if (setting > 0) {
		// llama.cpp's threads wait for each other busily: more than cores get nothing done.
		const threads = Math.max(1, Math.min(setting, usableCores));
		return { initial: threads, most: threads };
	}
	const cores = Math.max(1, Math.min(physicalCores, usableCores));
	return {
		initial: Math.max(1, Math.min(cores - 1, mostThreads)),
		most: Math.min(cores, mostThreads),
	};
}
