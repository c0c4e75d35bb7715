import os from "node:os";
import path from "node:path";

/** @returns the person's folder; the root for an account that has none, of which Node throws. */
export function homeFolder(): string {
	try {
		return os.homedir();
	} catch {
		return path.parse(process.cwd()).root;
	}
}
