import type { NetworkSettings } from "../../protocol/download/download";
import {
	ListModels,
	SearchHub,
	type FoundModel,
	type FoundRepository,
} from "../../protocol/download/modelSearch";
import type { Log } from "../base/log";
import { withDownloadProcess } from "./downloadProcess";
import type { TokenStore } from "./modelFetcher";

/** A model hub that can be searched. Its methods reject with a {FailureError}, or with any error once aborted. */
export interface HubSession {
	/** The host name, such as "huggingface.co". */
	readonly host: string;
	search(query: string, signal: AbortSignal): Promise<readonly FoundRepository[]>;
	/** Lists the models of a repository. @param name "owner/repository" */
	list(name: string, signal: AbortSignal): Promise<readonly FoundModel[]>;
}

export interface HubSessionOptions {
	/** The bundle that serves the download protocol. */
	readonly modulePath: string;
	readonly network: () => NetworkSettings;
	readonly tokens: Pick<TokenStore, "get">;
	readonly log: Log;
}

/**
 * Starts a download process, runs `work` with a connection to the hub, and stops the process afterwards. The hub is
 * Hugging Face, or the mirror that the settings name.
 *
 * @returns the result of `work`; `undefined` if it fails after `signal` was aborted
 * @throws {FailureError} if the hub cannot be reached
 */
export async function withHub<R>(
	options: HubSessionOptions,
	signal: AbortSignal,
	work: (hub: HubSession) => Promise<R>,
): Promise<R | undefined> {
	const network = options.network();
	const { host } = new URL(network.endpoint);
	const token = await options.tokens.get(host);
	return withDownloadProcess(options, host, signal, async (child) => {
		await child.connect(network, token === undefined ? [] : [{ host, token }], signal);
		return work({
			host,
			search: (query, ended) => child.request(SearchHub, { query }, ended),
			list: (name, ended) => child.request(ListModels, { name }, ended),
		});
	});
}
