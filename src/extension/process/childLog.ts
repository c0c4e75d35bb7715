import type { ChildProcess } from "node:child_process";
import type { LogParams } from "../../protocol/childProcess";
import type { Log } from "../base/log";
import { LineBudget } from "./lineBudget";
import { ProcessLines } from "./processLines";

/** Lines of output kept to explain a crash: a native library writes its reason before it aborts. */
const keptLines = 50;

/** What a process writes and what it has logged, in the extension's log: each line bounded, and so their number. */
export class ChildLog {
	readonly #name: string;
	readonly #lines: ProcessLines;
	readonly #output: LineBudget;
	readonly #budgets: Readonly<Record<LogParams["level"], LineBudget>>;
	readonly #malformed = new Set<string>();

	constructor(name: string, log: Log) {
		const budget = (level: LogParams["level"]): LineBudget =>
			new LineBudget((line) => {
				log[level](line);
			});
		this.#name = name;
		this.#output = budget("debug");
		this.#budgets = {
			error: budget("error"),
			warn: budget("warn"),
			info: budget("info"),
			debug: budget("debug"),
		};
		this.#lines = new ProcessLines(keptLines, (line) => {
			this.#output.line(line);
		});
	}

	/** What the process wrote last, oldest first. */
	get lastLines(): readonly string[] {
		return this.#lines.last;
	}

	readOutput({ stdout, stderr }: ChildProcess): void {
		for (const stream of [stdout, stderr]) {
			if (stream) {
				this.#lines.read(stream);
			}
		}
	}

	/** What the process has logged. */
	line({ level, message }: LogParams): void {
		this.#budgets[level].line(message);
	}

	/** Tells once of each kind of thing that the process sent and that cannot be read. */
	malformed(what: string): void {
		if (!this.#malformed.has(what)) {
			this.#malformed.add(what);
			this.#budgets.warn.line(`${this.#name}: ${what} that it sent cannot be read and is dropped`);
		}
	}

	/** The process is gone: nothing more comes. */
	end(): void {
		for (const budget of [this.#output, ...Object.values(this.#budgets)]) {
			budget.tell();
		}
	}
}
