import type { ChildProcess } from "node:child_process";
import type { LogParams } from "../../protocol/childProcess";
import type { Log } from "../base/log";
import { LineBudget } from "./lineBudget";
import { ProcessLines } from "./processLines";

/** How many lines of output are kept to explain a crash: a native library writes the reason before it aborts. */
const keptLines = 50;

/**
 * Writes the output and the log messages of a process to the extension's log. Bounds the length and the rate of lines.
 */
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

	/** The last lines of output, oldest first. */
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

	/** Writes a log message of the process. */
	line({ level, message }: LogParams): void {
		this.#budgets[level].line(message);
	}

	/** Warns that the process sent something unreadable, once per kind. */
	malformed(what: string): void {
		if (!this.#malformed.has(what)) {
			this.#malformed.add(what);
			this.#budgets.warn.line(`${this.#name}: discarded ${what} that could not be parsed`);
		}
	}

	/** Logs how many lines were left out. Called after the process has ended. */
	end(): void {
		for (const budget of [this.#output, ...Object.values(this.#budgets)]) {
			budget.tell();
		}
	}
}
