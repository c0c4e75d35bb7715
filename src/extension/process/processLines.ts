import type { Readable } from "node:stream";
import { BoundedLine } from "./boundedLine";

/** How much is kept of each end of a long line, in UTF-16 units. */
const lineEndLength = 2000;
/** The largest total length of the kept lines, in UTF-16 units. */
const keptLength = 40_000;

/** Splits the output of a process into lines, and keeps the last ones. The cost depends only on the number of bytes. */
export class ProcessLines {
	readonly #capacity: number;
	readonly #onLine: (line: string) => void;
	readonly #last: string[] = [];
	#lastLength = 0;

	/** @param capacity how many lines to keep; fewer are kept if they are long */
	constructor(capacity: number, onLine: (line: string) => void) {
		this.#capacity = capacity;
		this.#onLine = onLine;
	}

	/** The last lines, oldest first. */
	get last(): readonly string[] {
		return [...this.#last];
	}

	/** Reads a stream to its end. The last line needs no line feed. */
	read(stream: Readable): void {
		const line = new BoundedLine(lineEndLength);
		stream.setEncoding("utf8");
		stream.on("data", (text: string) => {
			let from = 0;
			for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
				line.append(text.slice(from, at));
				from = at + 1;
				this.#add(line.take());
			}
			line.append(text.slice(from));
		});
		const end = (): void => {
			this.#add(line.take());
		};
		stream.on("end", end);
		// A pipe that another process holds open is destroyed, and a crash can break a pipe.
		stream.on("error", end);
		stream.on("close", end);
	}

	#add(written: string): void {
		const line = written.trimEnd();
		if (line.trimStart() === "") {
			return;
		}
		this.#last.push(line);
		this.#lastLength += line.length;
		while (this.#last.length > this.#capacity || this.#lastLength > keptLength) {
			this.#lastLength -= this.#last.shift()?.length ?? 0;
		}
		this.#onLine(line);
	}
}
