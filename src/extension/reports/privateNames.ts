import os from "node:os";
import path from "node:path";
import { homeFolder } from "../base/homeFolder";

/** Returns the names of the user and of the machine, as far as the system knows them. */
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

/** Returns the account's name. Node throws if the system has no entry for the account. */
function accountName(): string {
	try {
		return os.userInfo().username;
	} catch {
		return "";
	}
}
