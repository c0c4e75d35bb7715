import os from "node:os";
import path from "node:path";

/** @returns the names of the person and of the machine, as far as the system tells them. */
export function privateNames(): readonly string[] {
	const { USER, USERNAME } = process.env;
	const names = [USER ?? "", USERNAME ?? "", path.basename(os.homedir()), os.hostname()];
	return [...new Set(names)].filter(Boolean);
}
