import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import path from "node:path";

/** Lines of a failed command's output that its error shows. */
const shownLines = 30;

/**
 * Runs a program until it exits.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, output?: "show" | "capture" }} [options] `output` is captured by default
 * @returns {Promise<string>} its output on both streams; empty if the output was shown
 * @throws {Error} with its last lines of output, if it cannot start or its exit code is not 0
 */
export async function run(command, args, { cwd, env, output = "capture" } = {}) {
	const child = spawn(command, args, {
		cwd,
		env: { ...process.env, ...env },
		stdio: output === "show" ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
	});
	let written = "";
	for (const stream of [child.stdout, child.stderr]) {
		stream?.setEncoding("utf8").on("data", (/** @type {string} */ text) => (written += text));
	}
	const code = await ending(child);
	if (code !== "0") {
		const tail = written.trimEnd().split("\n").slice(-shownLines).join("\n");
		throw new Error(`${command} ${args.join(" ")} ended with ${code}\n${tail}`);
	}
	return written;
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<string>} its exit code, or the signal that ended it, after all of its output has arrived
 * @throws {Error} if it cannot start
 */
export function ending(child) {
	return new Promise((resolve, reject) => {
		child.once("error", reject);
		child.once("close", (code, signal) => {
			resolve(String(code ?? signal));
		});
	});
}

/**
 * @param {readonly string[]} names programs, in order of preference
 * @returns {string | undefined} the path of the first that is installed
 */
export function findProgram(...names) {
	const folders = (process.env.PATH ?? "").split(path.delimiter).filter(Boolean);
	return names
		.flatMap((name) => folders.map((folder) => path.join(folder, name)))
		.find(isExecutable);
}

/** @param {string} file */
function isExecutable(file) {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
