import os from "node:os";
import path from "node:path";
import { homeFolder } from "../base/homeFolder";

/** @returns the names of the person and of the machine, as far as the system tells them. */
export function privateNames(): readonly string[] {
	const { USER, USERNAME, LOGNAME, SUDO_USER, USERDOMAIN, COMPUTERNAME } = process.env;
	const host = os.hostname();
	const names = [
		...[USER, USERNAME, LOGNAME, SUDO_USER, USERDOMAIN, COMPUTERNAME],
		path.basename(homeFolder()),
		accountName(),
		host,
		host.split(".")[0],
	];
	return [...new Set(names)].filter((name) => name !== undefined).filter((name) => name !== "");
}

/** An account without an entry in the system's list has no name: Node throws then. */
function accountName(): string {
	try {
		return os.userInfo().username;
	} catch {
		return "";
	}
}
