import { readFileSync, readlinkSync } from "node:fs";
import os from "node:os";
import * as v from "valibot";
import { codeOf, type FileSystem } from "./fileSystem";
import { NoReadableFile, readSmallFile } from "../../base/openToRead";

/** How long a lock may be unchanged before its holder counts as gone: if its process is gone, and if it seems alive. */
const silenceMs = { goneProcess: 2500, seenProcess: 30_000 };

/** The largest lock file that is read, in bytes. */
const largestBytes = 65_536;

const holderSchema = v.object({
	token: v.string(),
	pid: v.number(),
	host: v.string(),
	/** Identifies the set of processes in which the process id is unique; missing if unknown. */
	processSpace: v.optional(v.string()),
});

/** The holder of a lock, as its file states. */
export type LockHolder = v.InferOutput<typeof holderSchema>;

const processSpace = processSpaceHere();

/** Returns this process as a holder. @param token identifies one acquisition of a lock */
export function thisProcess(token: string): LockHolder {
	return { token, pid: process.pid, host: os.hostname(), processSpace };
}

/** Returns the holder of a lock; `undefined` if the file is missing or not yet complete. */
export async function readHolder(
	fileSystem: FileSystem,
	file: string,
): Promise<LockHolder | undefined> {
	try {
		const text = await readSmallFile(fileSystem, file, largestBytes);
		const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), holderSchema), text);
		return parsed.success ? parsed.output : undefined;
	} catch (error) {
		if (error instanceof NoReadableFile) {
			return undefined;
		}
		throw error;
	}
}

/** Returns whether the holder of a lock still exists. @param silentMs how long the lock has been unchanged */
export function isPresent(
	holder: LockHolder | undefined,
	modifiedAtMs: number,
	silentMs: number,
): boolean {
	const bootedAtMs = Date.now() - os.uptime() * 1000;
	if (holder && isThere(holder) && modifiedAtMs > bootedAtMs) {
		return silentMs < silenceMs.seenProcess;
	}
	if (holder?.processSpace !== undefined && holder.processSpace === processSpace) {
		return false;
	}
	// The file's time counts, too: this process may not have watched the lock for long.
	return Math.max(silentMs, Date.now() - modifiedAtMs) < silenceMs.goneProcess;
}

/** Returns whether the holder's process seems to exist. Processes of other machines cannot be checked. */
function isThere({ pid, host }: LockHolder): boolean {
	if (host !== os.hostname()) {
		return false;
	}
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return codeOf(error) === "EPERM";
	}
}

/**
 * Returns an identifier of the set of processes in which a process id is unique since the machine started. Containers
 * can share a folder and a host name, but not this. `undefined` if the system has no such identifier.
 */
function processSpaceHere(): string | undefined {
	try {
		const bootId = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
		return `${bootId} ${readlinkSync("/proc/self/ns/pid")}`;
	} catch {
		return undefined;
	}
}
