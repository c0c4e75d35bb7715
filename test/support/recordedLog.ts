import type { Log } from "../../src/extension/base/log";

/** A log that records its lines as "level message". */
export class RecordedLog implements Log {
	readonly lines: string[] = [];

	error(message: string): void {
		this.lines.push(`error ${message}`);
	}

	warn(message: string): void {
		this.lines.push(`warn ${message}`);
	}

	info(message: string): void {
		this.lines.push(`info ${message}`);
	}

	debug(message: string): void {
		this.lines.push(`debug ${message}`);
	}
}
