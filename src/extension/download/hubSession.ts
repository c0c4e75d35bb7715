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

/** A hub of models that can be searched. All reject with a {FailureError}, and with anything once aborted. */
export interface HubSession {
	/** As people know it: "huggingface.co". */
	readonly host: string;
	search(query: string, signal: AbortSignal): Promise<readonly FoundRepository[]>;
	/** @param name "owner/repository" */
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
 * Does `work` with a process that asks the hub, or the mirror that the settings name, and that ends with it.
 *
 * @returns `undefined` if aborted.
 * @throws {FailureError}
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
