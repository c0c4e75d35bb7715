import type { DownloadActivity, FetchProgress } from "../../protocol/download/fetchProgress";

/** The window over which the rate is averaged, in milliseconds. */
const windowMs = 5000;
/** The least time between two reports, in milliseconds. */
const pauseMs = 200;

/** Turns byte counts into throttled progress reports. */
export class ProgressMeter {
	readonly #totalBytes: number;
	readonly #report: (progress: FetchProgress) => void;
	readonly #now: () => number;
	/** Byte counts within the window, oldest first. */
	#samples: { readonly atMs: number; readonly bytes: number }[] = [];
	#activity: DownloadActivity | undefined;
	#reportedAtMs = -Infinity;

	/** @param now a monotonic clock, in milliseconds */
	constructor(
		totalBytes: number,
		report: (progress: FetchProgress) => void,
		now: () => number = () => performance.now(),
	) {
		this.#totalBytes = totalBytes;
		this.#report = report;
		this.#now = now;
	}

	/** @param bytes of all files, on disk or verified */
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
