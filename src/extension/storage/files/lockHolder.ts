import { readFileSync, readlinkSync } from "node:fs";
import os from "node:os";
import * as v from "valibot";
import { codeOf, type FileSystem } from "./fileSystem";
import { NoReadableFile, readSmallFile } from "../../base/openToRead";

/** Silence after which a holder counts as gone: one whose process is, and one whose process seems to be there. */
const silenceMs = { goneProcess: 2500, seenProcess: 30_000 };

/** Of what a holder says of itself. */
const largestBytes = 65_536;

const holderSchema = v.object({
	token: v.string(),
	pid: v.number(),
	host: v.string(),
	/** Where the process id is one of a kind; missing where that is not known. */
	processSpace: v.optional(v.string()),
});

/** Who holds a lock, as its file says. */
export type LockHolder = v.InferOutput<typeof holderSchema>;

const processSpace = processSpaceHere();

/** @param token names one holding of a lock */
export function thisProcess(token: string): LockHolder {
	return { token, pid: process.pid, host: os.hostname(), processSpace };
}

/** @returns `undefined` if there is none, or one that has not said yet who it is. */
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

/** @param silentMs since when the lock has looked the same to this process */
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
	// The file's time counts as well: after a restart nobody has watched the lock.
	return Math.max(silentMs, Date.now() - modifiedAtMs) < silenceMs.goneProcess;
}

/** @returns whether the holder's process may be there: of another machine nobody knows. */
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
 * @returns what names the processes among which an id is one of a kind, from the start of the machine on: containers may
 *   share a folder and the name of a host, but not this. `undefined` where the system has no such name.
 */
function processSpaceHere(): string | undefined {
	try {
		const bootId = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
		return `${bootId} ${readlinkSync("/proc/self/ns/pid")}`;
	} catch {
		return undefined;
	}
}
