import { RateLimit } from "../base/rateLimit";

/** How many lines a process may log per second. A backend logs a few hundred while it loads a model. */
const linesPerSecond = 1000;

/** Limits the lines per second, and reports how many it left out. */
export class LineBudget {
	readonly #write: (line: string) => void;
	readonly #limit = new RateLimit(linesPerSecond);
	#leftOut = 0;

	constructor(write: (line: string) => void) {
		this.#write = write;
	}

	/** Writes a line, unless too many were written. @param nowMs the time of a monotonic clock, in milliseconds */
	line(line: string, nowMs = performance.now()): void {
		if (this.#limit.allows(nowMs)) {
			this.tell();
			this.#write(line);
		} else {
			this.#leftOut += 1;
		}
	}

	/** Writes how many lines were left out, if any. Called before the next line, and after the last one. */
	tell(): void {
		if (this.#leftOut > 0) {
			this.#write(`${this.#leftOut.toLocaleString("en-US")} lines left out: too many at a time`);
			this.#leftOut = 0;
		}
	}
}
