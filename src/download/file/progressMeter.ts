import type { DownloadActivity, FetchProgress } from "../../protocol/download/fetchProgress";

/** Over which the rate is taken, in milliseconds. */
const windowMs = 5000;
/** Between two reports, in milliseconds. */
const pauseMs = 200;

/** Turns counts of bytes into reports, few enough to be read. */
export class ProgressMeter {
	readonly #totalBytes: number;
	readonly #report: (progress: FetchProgress) => void;
	readonly #now: () => number;
	/** Counts of the last seconds, oldest first. */
	#samples: { readonly atMs: number; readonly bytes: number }[] = [];
	#activity: DownloadActivity | undefined;
	#reportedAtMs = -Infinity;

	/** @param now milliseconds of a clock that never goes back */
	constructor(
		totalBytes: number,
		report: (progress: FetchProgress) => void,
		now: () => number = () => performance.now(),
	) {
		this.#totalBytes = totalBytes;
		this.#report = report;
		this.#now = now;
	}

	/** @param bytes of all files that are here, or have been verified */
	update(activity: DownloadActivity, bytes: number): void {
		const atMs = this.#now();
		const isNew = activity !== this.#activity;
		if (isNew) {
			this.#samples = [];
			this.#activity = activity;
		}
		this.#samples.push({ atMs, bytes });
		if (isNew || bytes === this.#totalBytes || atMs - this.#reportedAtMs >= pauseMs) {
			this.#reportedAtMs = atMs;
			this.#report({
				receivedBytes: bytes,
				totalBytes: this.#totalBytes,
				bytesPerSecond: this.#bytesPerSecond(atMs),
				activity,
			});
		}
	}

	#bytesPerSecond(atMs: number): number {
		while ((this.#samples[1]?.atMs ?? Infinity) < atMs - windowMs) {
			this.#samples.shift();
		}
		const first = this.#samples[0];
		const last = this.#samples.at(-1);
		return first && last && last.atMs > first.atMs
			? Math.round(((last.bytes - first.bytes) * 1000) / (last.atMs - first.atMs))
			: 0;
	}
}
