import os from "node:os";
import path from "node:path";

/** Returns the home folder of the user; the root folder for an account without one, for which Node throws. */
export function homeFolder(): string {
	try {
		return os.homedir();
	} catch {
		return path.parse(process.cwd()).root;
	}
}
