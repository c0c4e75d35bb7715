import type { CancellationToken } from "vscode-jsonrpc";
import { toAbortSignal } from "../child/cancellation";
import { connectToHost } from "../child/hostConnection";
import {
	Connect,
	downloadProtocolVersion,
	FetchHeader,
	FetchModel,
	FetchModelProgress,
	InstallPackages,
	LocateModel,
	LocatePackages,
} from "../protocol/download/download";
import { ListModels, SearchHub } from "../protocol/download/modelSearch";
import { withoutSecrets } from "../protocol/text/withoutSecrets";
import type { DownloadOptions } from "./downloadOptions";
import { secretsOf } from "./hub/endpoint";
import { undefinedIfAborted } from "./explained";
import { HubSearch } from "./hub/hubSearch";
import { ModelDownload } from "./modelDownload";
import { PackageDownload } from "./packageDownload";

/** Serves the extension host's requests over this process's IPC channel until the host ends the process or is gone. */
// eslint-disable-next-line max-lines-per-function -- it lists the handler of every request
export function serveDownloads(): void {
	const { connection, log, report, answer } = connectToHost({
		// Exits instead of being killed: exiting releases the locks, so that the next window need not wait.
		onHostGone: () => {
			process.exit(0);
		},
	});
	let downloads:
		| {
				readonly models: ModelDownload;
				readonly packages: PackageDownload;
				readonly search: HubSearch;
		  }
		| undefined;
	const connected = (): NonNullable<typeof downloads> => {
		if (!downloads) {
			throw new Error("The request came before what it builds on");
		}
		return downloads;
	};
	const cancellable = <R>(
		token: CancellationToken,
		work: (signal: AbortSignal) => Promise<R>,
	): Promise<R> => answer(() => work(toAbortSignal(token)));

	connection.onRequest(Connect, ({ protocolVersion, network, tokens }) =>
		answer(async () => {
			if (protocolVersion !== downloadProtocolVersion) {
				throw new Error(
					`The download process speaks protocol ${downloadProtocolVersion}, the extension ${protocolVersion}.`,
				);
			}
			await downloads?.models.close();
			await downloads?.packages.close();
			await downloads?.search.close();
			const secrets = secretsOf(network, tokens);
			const options: DownloadOptions = {
				network,
				tokens,
				log: (level, message) => {
					log(level, withoutSecrets(message, secrets));
				},
			};
			downloads = {
				models: new ModelDownload(options),
				packages: new PackageDownload(options),
				search: new HubSearch(options),
			};
			return null;
		}),
	);
	connection.onRequest(LocateModel, (params, token) =>
		cancellable(token, (signal) => connected().models.locate(params, signal)),
	);
	connection.onRequest(FetchHeader, ({ bytes, path, ...model }, token) =>
		cancellable(token, async (signal) => {
			await undefinedIfAborted(signal, () =>
				connected().models.fetchHeader(model, bytes, path, signal),
			);
			return null;
		}),
	);
	connection.onRequest(FetchModel, (params, token) =>
		cancellable(token, async (signal) => {
			const path = await connected().models.fetch(
				params,
				(progress) => {
					report(connection.sendProgress(FetchModelProgress, params.progressToken, progress));
				},
				signal,
			);
			return path === undefined ? null : { path };
		}),
	);
	connection.onRequest(SearchHub, ({ query }, token) =>
		cancellable(token, (signal) => connected().search.search(query, signal)),
	);
	connection.onRequest(ListModels, ({ name }, token) =>
		cancellable(token, (signal) => connected().search.list(name, signal)),
	);
	connection.onRequest(LocatePackages, (params, token) =>
		cancellable(token, (signal) => connected().packages.locate(params, signal)),
	);
	connection.onRequest(InstallPackages, (params, token) =>
		cancellable(token, (signal) =>
			connected().packages.install(
				params,
				(progress) => {
					report(connection.sendProgress(FetchModelProgress, params.progressToken, progress));
				},
				signal,
			),
		),
	);
	connection.listen();
}
