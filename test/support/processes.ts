import { readdirSync, readFileSync } from "node:fs";

/** The resources of a process. */
export interface ProcessUse {
	/** Resident memory, without shared pages. */
	readonly bytes: number;
	/** Open files, pipes, and sockets. */
	readonly handles: number;
}

/** Returns the ids of the processes in a group whose command line contains `mark`. */
export function processesOf(group: number, mark: string): readonly number[] {
	return readdirSync("/proc")
		.filter((name) => /^\d+$/.test(name))
		.map(Number)
		.filter((pid) => groupOf(pid) === group && read(pid, "cmdline").includes(mark));
}

/** Returns the ids of the children of a process whose command line contains `mark`. */
export function childrenOf(parent: number, mark: string): readonly number[] {
	return readdirSync("/proc")
		.filter((name) => /^\d+$/.test(name))
		.map(Number)
		.filter((pid) => parentOf(pid) === parent && read(pid, "cmdline").includes(mark));
}

/** Reads the resources of a process from /proc. Linux only. */
export function processUse(pid: number): ProcessUse {
	const kilobytes = (field: string): number =>
		Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(read(pid, "status"))?.[1]);
	return {
		bytes: kilobytes("RssAnon") * 1024,
		handles: readdirSync(`/proc/${String(pid)}/fd`).length,
	};
}

/** Returns the peak memory of a process in bytes; 0 if it has ended. Linux only. */
export function peakOf(pid: number): number {
	return Number(/^VmHWM:\s+(\d+) kB/m.exec(read(pid, "status"))?.[1] ?? 0) * 1024;
}

function parentOf(pid: number): number {
	return Number(/.*\) \S (\d+)/.exec(read(pid, "stat"))?.[1]);
}

function groupOf(pid: number): number {
	// pid (name) state ppid pgrp: the name may contain blanks and parentheses.
	return Number(/.*\) \S \d+ (\d+)/.exec(read(pid, "stat"))?.[1]);
}

/** Returns an empty text if the process has ended in the meantime. */
function read(pid: number, file: string): string {
	try {
		return readFileSync(`/proc/${String(pid)}/${file}`, "utf8");
	} catch {
		return "";
	}
}
