import { RateLimit } from "../base/rateLimit";

/** Lines that one process may have in the log within a second: a backend tells some hundred as it loads a model. */
const linesPerSecond = 1000;

/** Lets lines through up to so many a second, and tells how many it has left out. */
export class LineBudget {
	readonly #write: (line: string) => void;
	readonly #limit = new RateLimit(linesPerSecond);
	#leftOut = 0;

	constructor(write: (line: string) => void) {
		this.#write = write;
	}

	/** @param nowMs by a clock that nobody sets */
	line(line: string, nowMs = performance.now()): void {
		if (this.#limit.allows(nowMs)) {
			this.tell();
			this.#write(line);
		} else {
			this.#leftOut += 1;
		}
	}

	/** Tells what was left out, if anything: before the next line, and when no line comes any more. */
	tell(): void {
		if (this.#leftOut > 0) {
			this.#write(`${this.#leftOut.toLocaleString("en-US")} lines left out: too many at a time`);
			this.#leftOut = 0;
		}
	}
}
