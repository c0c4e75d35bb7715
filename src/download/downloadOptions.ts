import type { WriteLog } from "../child/hostConnection";
import type { LookupAll } from "./network/nameResolver";
import type { HostToken, NetworkSettings } from "../protocol/download/download";

/** Options of all downloads. */
export interface DownloadOptions {
	readonly network: NetworkSettings;
	readonly tokens: readonly HostToken[];
	readonly log: WriteLog;
	/**
	 * Delays between attempts that receive nothing, in milliseconds. By default a minute in total, which is longer than a
	 * router takes to restart.
	 */
	readonly retryDelaysMs?: readonly number[];
	/** Disk space to leave free for other programs; 1 GiB by default. */
	readonly reserveBytes?: number;
	/** Silence after which a connection counts as broken, in milliseconds; 30 seconds by default. */
	readonly stallMs?: number;
	/** Resolves host names; the system's resolver by default. */
	readonly lookup?: LookupAll;
}

export const usualOptions = {
	retryDelaysMs: [500, 1000, 2000, 4000, 8000, 15_000, 30_000],
	reserveBytes: 1024 ** 3,
	stallMs: 30_000,
} as const;
