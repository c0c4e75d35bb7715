/** Decoding is limited by memory bandwidth; more threads gain nothing on ordinary machines. */
const mostThreads = 8;

export interface ThreadRange {
	/** Number of threads at first. */
	readonly initial: number;
	/** Most threads to use while the machine is otherwise idle. */
	readonly most: number;
}

/**
 * Returns all cores but one as the initial number of threads. A single core that another program needs makes every
 * thread wait at the next barrier (docs/adr/0009-cpu-threads.md), so all cores are used only after they were seen to be
 * idle.
 *
 * @param setting `localLlm.threads`, limited to the usable cores; 0 to choose automatically
 * @param physicalCores cores that llama.cpp considers suitable for math
 * @param usableCores cores that this process may use, including hyper-threads
 */
export function cpuThreads(
	setting: number,
	physicalCores: number,
	usableCores: number,
): ThreadRange {
	if (setting > 0) {
		// llama.cpp's threads busy-wait for each other: more threads than cores make no progress.
		const threads = Math.max(1, Math.min(setting, usableCores));
		return { initial: threads, most: threads };
	}
	const cores = Math.max(1, Math.min(physicalCores, usableCores));
	return {
		initial: Math.max(1, Math.min(cores - 1, mostThreads)),
		most: Math.min(cores, mostThreads),
	};
}
