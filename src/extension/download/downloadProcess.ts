import {
	Connect,
	downloadProtocolVersion,
	type HostToken,
	type NetworkSettings,
} from "../../protocol/download/download";
import type { Log } from "../base/log";
import { ForkedProcess } from "../process/forkedProcess";

/** The process that downloads models: no crash or unloading of a model reaches it. */
export class DownloadProcess extends ForkedProcess {
	/**
	 * @param modulePath of the bundle that serves the download protocol.
	 * @param host that is asked, for the words about a crash.
	 */
	constructor(modulePath: string, host: string, log: Log) {
		super({
			name: "download",
			modulePath,
			log,
			describeCrash: ({ lastLines }) => ({
				kind: "downloadFailed",
				host,
				cause: { kind: "processCrashed" },
				detail: lastLines.join("\n"),
			}),
		});
	}

	/** Agrees on the protocol and tells how to reach hosts; again when tokens have changed. @throws {FailureError} */
	async connect(
		network: NetworkSettings,
		tokens: readonly HostToken[],
		signal: AbortSignal,
	): Promise<void> {
		const params = { protocolVersion: downloadProtocolVersion, network, tokens };
		await this.request(Connect, params, signal);
	}
}

/** A cancelled download settles at once but for what it is writing. Its process is ended if it has not by then. */
const cancelMs = 5000;

/**
 * Does `work` with a download process that ends with it.
 *
 * @param host that is asked, for the words about a crash.
 * @returns `undefined` if aborted.
 * @throws {FailureError}
 */
export async function withDownloadProcess<R>(
	{ modulePath, log }: { readonly modulePath: string; readonly log: Log },
	host: string,
	signal: AbortSignal,
	work: (child: DownloadProcess) => Promise<R>,
): Promise<R | undefined> {
	const child = new DownloadProcess(modulePath, host, log);
	let overdue: NodeJS.Timeout | undefined;
	const bound = (): void => {
		overdue = setTimeout(() => {
			child.dispose();
		}, cancelMs);
	};
	signal.addEventListener("abort", bound, { once: true });
	try {
		return await work(child);
	} catch (error) {
		if (signal.aborted) {
			return undefined;
		}
		throw error;
	} finally {
		signal.removeEventListener("abort", bound);
		clearTimeout(overdue);
		await child.stop();
	}
}
