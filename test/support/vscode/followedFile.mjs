import { closeSync, openSync, readSync } from "node:fs";

/** Interval between two reads, in milliseconds. */
const intervalMs = 100;

/** A file that another process writes, copied to standard output as it grows. */
export class FollowedFile {
	/** @type {string} */
	path;
	#shownBytes = 0;
	#timer = setInterval(() => {
		this.#show();
	}, intervalMs);

	/** @param {string} path of a file that may not exist yet */
	constructor(path) {
		this.path = path;
	}

	/** Shows the rest of the file, and stops. */
	stop() {
		clearInterval(this.#timer);
		this.#show();
	}

	#show() {
		let descriptor;
		try {
			descriptor = openSync(this.path, "r");
		} catch {
			return;
		}
		const buffer = Buffer.alloc(65_536);
		let read;
		while ((read = readSync(descriptor, buffer, 0, buffer.length, this.#shownBytes)) > 0) {
			this.#shownBytes += read;
			process.stdout.write(Buffer.from(buffer.subarray(0, read)));
		}
		closeSync(descriptor);
	}
}
