import type { WriteLog } from "../child/hostConnection";
import type { LookupAll } from "./network/nameResolver";
import type { HostToken, NetworkSettings } from "../protocol/download/download";

/** What downloads are made with. */
export interface DownloadOptions {
	readonly network: NetworkSettings;
	readonly tokens: readonly HostToken[];
	readonly log: WriteLog;
	/** Waits between attempts that bring nothing, in milliseconds; in all a minute unless given: longer than a router takes to start again. */
	readonly retryDelaysMs?: readonly number[];
	/** What is to stay free on disk for the rest of the machine; 1 GiB unless given. */
	readonly reserveBytes?: number;
	/** Silence that counts as a broken connection, in milliseconds; half a minute unless given. */
	readonly stallMs?: number;
	/** Resolves names of hosts; the system unless given. */
	readonly lookup?: LookupAll;
}

export const usualOptions = {
	retryDelaysMs: [500, 1000, 2000, 4000, 8000, 15_000, 30_000],
	reserveBytes: 1024 ** 3,
	stallMs: 30_000,
} as const;
