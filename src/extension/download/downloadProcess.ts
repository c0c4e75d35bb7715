import {
	Connect,
	downloadProtocolVersion,
	type HostToken,
	type NetworkSettings,
} from "../../protocol/download/download";
import type { Log } from "../base/log";
import { ForkedProcess } from "../process/forkedProcess";

/** The process that downloads models. It is separate from inference, so a model's crash or unloading does not end it. */
export class DownloadProcess extends ForkedProcess {
	/**
	 * @param modulePath the path of the bundle that serves the download protocol
	 * @param host the host that a failure names if the process crashes
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

	/**
	 * Negotiates the protocol version and sends the network settings and tokens. Call it again when tokens change.
	 *
	 * @throws {FailureError} if the process fails
	 */
	async connect(
		network: NetworkSettings,
		tokens: readonly HostToken[],
		signal: AbortSignal,
	): Promise<void> {
		const params = { protocolVersion: downloadProtocolVersion, network, tokens };
		await this.request(Connect, params, signal);
	}
}

/** How long a canceled download may take to finish its current write, in milliseconds. Then its process is ended. */
const cancelMs = 5000;

/**
 * Starts a download process, runs `work` with it, and stops it afterwards.
 *
 * @param host the host that a failure names if the process crashes
 * @returns the result of `work`; `undefined` if it fails after `signal` was aborted
 * @throws {FailureError} if the download fails
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
