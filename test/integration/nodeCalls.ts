import childProcess from "node:child_process";
import fs from "node:fs";
import fsPromises from "node:fs/promises";

type Functions = Record<string, unknown>;

/** Functions that reach beyond the process: to files and other programs. */
const watched: readonly Functions[] = [fs, fsPromises, childProcess].map(
	(module) => module as unknown as Functions,
);

/**
 * @param file part of the path of the watched code; other code in the process runs at the same time
 * @returns the names of Node's functions for files and processes that the code called while `work` ran, in order
 */
export async function nodeCalls(file: string, work: () => Promise<void>): Promise<string[]> {
	const calls: string[] = [];
	const { stackTraceLimit } = Error;
	Error.stackTraceLimit = 50;
	const restore = watched.map((functions) => {
		const originals = Object.entries(functions).filter(
			([name, member]) => typeof member === "function" && /^[a-z]/.test(name),
		);
		for (const [name, original] of originals) {
			functions[name] = function (this: unknown, ...args: unknown[]): unknown {
				if (new Error().stack?.includes(file) === true) {
					calls.push(name);
				}
				return Reflect.apply(original as (...args: unknown[]) => unknown, this, args);
			};
		}
		return () => {
			Object.assign(functions, Object.fromEntries(originals));
		};
	});
	try {
		await work();
	} finally {
		for (const each of restore) {
			each();
		}
		Error.stackTraceLimit = stackTraceLimit;
	}
	return calls;
}
