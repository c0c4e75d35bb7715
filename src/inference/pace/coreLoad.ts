import { cpus } from "node:os";

/** The system's counters, in milliseconds. */
export interface CoreTimes {
	/** Wall-clock time. */
	readonly nowMs: number;
	/** Idle time of all cores together; 0 if the system does not count it. */
	readonly idleMs: number;
	/** CPU time of this process on all cores. */
	readonly ownMs: number;
}

/** The recent load of the machine, in cores. Other programs used the rest. */
export interface CoreLoad {
	readonly idleCores: number;
	/** Used by this process. */
	readonly ownCores: number;
}

/** The system counts in steps of 10 ms or more, so shorter intervals are imprecise. */
const leastMs = 150;

/** Longer intervals describe the past rather than the present. */
const mostMs = 2000;

/** Measures at intervals what the machine's cores are doing. */
export class CoreLoadMeter {
	readonly #read: () => CoreTimes;
	#before: CoreTimes;

	constructor(read: () => CoreTimes = readCoreTimes) {
		this.#read = read;
		this.#before = read();
	}

	/** Discards earlier measurements. */
	restart(): void {
		this.#before = this.#read();
	}

	/**
	 * Returns the load since the previous reading, over 150 ms to two seconds; `undefined` if it is too early, or if the
	 * system does not count.
	 *
	 * @param nowMs as in `CoreTimes`; the counters are read only after enough time has passed
	 */
	look(nowMs = performance.now()): CoreLoad | undefined {
		if (nowMs - this.#before.nowMs < leastMs) {
			return undefined;
		}
		const before = this.#before;
		const now = this.#read();
		this.#before = now;
		const passedMs = now.nowMs - before.nowMs;
		if (passedMs > mostMs || now.idleMs === 0) {
			return undefined;
		}
		return {
			idleCores: (now.idleMs - before.idleMs) / passedMs,
			ownCores: (now.ownMs - before.ownMs) / passedMs,
		};
	}
}

function readCoreTimes(): CoreTimes {
	const idleMs = cpus().reduce((sum, { times }) => sum + times.idle, 0);
	const { user, system } = process.cpuUsage();
	return { nowMs: performance.now(), idleMs, ownMs: (user + system) / 1000 };
}
