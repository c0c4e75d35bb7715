import { cpus } from "node:os";

/** What the system has counted, in milliseconds since some moment. */
export interface CoreTimes {
	/** By the wall's clock. */
	readonly nowMs: number;
	/** Of all cores together, in which they had nothing to do; 0 where the system does not count. */
	readonly idleMs: number;
	/** Of this process on all cores. */
	readonly ownMs: number;
}

/** What the machine's cores did lately, in cores; other programs had the rest. */
export interface CoreLoad {
	readonly idleCores: number;
	/** Had by this process. */
	readonly ownCores: number;
}

/** The system counts in steps of 10 ms or more: what is shorter tells too little. */
const leastMs = 150;

/** What is longer tells of the past. */
const mostMs = 2000;

/** Tells now and then what the machine's cores were doing. */
export class CoreLoadMeter {
	readonly #read: () => CoreTimes;
	#before: CoreTimes;

	constructor(read: () => CoreTimes = readCoreTimes) {
		this.#read = read;
		this.#before = read();
	}

	/** Forgets what was before. */
	restart(): void {
		this.#before = this.#read();
	}

	/**
	 * @param nowMs as `CoreTimes` has it: nothing is read before enough of it has passed
	 * @returns the load since the last one that was told, of 150 ms to two seconds; `undefined` where it is too early to
	 * tell, and where the system does not count.
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
