import { readdirSync, readFileSync } from "node:fs";

/** What a process holds. */
export interface ProcessUse {
	/** Resident in memory, shared pages left out. */
	readonly bytes: number;
	/** Files, pipes and sockets. */
	readonly handles: number;
}

/** @returns the ids of the processes of a group whose command line has `mark` in it */
export function processesOf(group: number, mark: string): readonly number[] {
	return readdirSync("/proc")
		.filter((name) => /^\d+$/.test(name))
		.map(Number)
		.filter((pid) => groupOf(pid) === group && read(pid, "cmdline").includes(mark));
}

/** @returns the ids of the children of a process whose command line has `mark` in it */
export function childrenOf(parent: number, mark: string): readonly number[] {
	return readdirSync("/proc")
		.filter((name) => /^\d+$/.test(name))
		.map(Number)
		.filter((pid) => parentOf(pid) === parent && read(pid, "cmdline").includes(mark));
}

/** Linux only: it is read from /proc. */
export function processUse(pid: number): ProcessUse {
	const kilobytes = (field: string): number =>
		Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(read(pid, "status"))?.[1]);
	return {
		bytes: kilobytes("RssAnon") * 1024,
		handles: readdirSync(`/proc/${String(pid)}/fd`).length,
	};
}

/** @returns the most memory that a process has had so far, in bytes; 0 for one that has ended. Linux only. */
export function peakOf(pid: number): number {
	return Number(/^VmHWM:\s+(\d+) kB/m.exec(read(pid, "status"))?.[1] ?? 0) * 1024;
}

function parentOf(pid: number): number {
	return Number(/.*\) \S (\d+)/.exec(read(pid, "stat"))?.[1]);
}

function groupOf(pid: number): number {
	// pid (name) state ppid pgrp: the name may hold blanks and parentheses.
	return Number(/.*\) \S \d+ (\d+)/.exec(read(pid, "stat"))?.[1]);
}

/** @returns an empty text for a process that has ended meanwhile. */
function read(pid: number, file: string): string {
	try {
		return readFileSync(`/proc/${String(pid)}/${file}`, "utf8");
	} catch {
		return "";
	}
}
