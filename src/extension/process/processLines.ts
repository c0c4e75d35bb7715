import type { Readable } from "node:stream";

/** Cuts what a process writes into lines and keeps the last of them. */
export class ProcessLines {
	readonly #capacity: number;
	readonly #onLine: (line: string) => void;
	readonly #last: string[] = [];

	/** @param capacity how many lines to keep. */
	constructor(capacity: number, onLine: (line: string) => void) {
		this.#capacity = capacity;
		this.#onLine = onLine;
	}

	/** Oldest first. */
	get last(): readonly string[] {
		return [...this.#last];
	}

	/** Reads a stream to its end; a last line without a line feed counts. */
	read(stream: Readable): void {
		let partial = "";
		stream.setEncoding("utf8");
		stream.on("data", (text: string) => {
			const lines = (partial + text).split(/\r?\n/);
			partial = lines.pop() ?? "";
			lines.forEach((line) => {
				this.#add(line);
			});
		});
		stream.on("end", () => {
			this.#add(partial);
		});
	}

	#add(line: string): void {
		if (line.trim() !== "") {
			this.#last.push(line);
			if (this.#last.length > this.#capacity) {
				this.#last.shift();
			}
			this.#onLine(line);
		}
	}
}
