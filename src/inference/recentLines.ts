/** Keeps the most recent lines of a verbose output. */
export class RecentLines {
	readonly #capacity: number;
	readonly #lines: string[] = [];

	/** @param capacity the number of lines to keep */
	constructor(capacity: number) {
		this.#capacity = capacity;
	}

	/** Oldest first. */
	get lines(): readonly string[] {
		return [...this.#lines];
	}

	push(line: string): void {
		this.#lines.push(line);
		if (this.#lines.length > this.#capacity) {
			this.#lines.shift();
		}
	}

	clear(): void {
		this.#lines.length = 0;
	}
}
