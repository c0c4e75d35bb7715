import type { CancellationToken } from "vscode-jsonrpc";
import { toAbortSignal } from "../child/cancellation";
import { connectToHost } from "../child/hostConnection";
import {
	Connect,
	downloadProtocolVersion,
	FetchHeader,
	FetchModel,
	FetchModelProgress,
	LocateModel,
} from "../protocol/download";
import { ModelDownload } from "./modelDownload";

/** Answers an extension host's requests over this process's IPC channel, until the host asks for the end or is gone. */
export function serve(): void {
	const { connection, log, report, answer } = connectToHost({
		// Not killed: exiting releases the locks, so that the next window need not wait.
		onHostGone: () => {
			process.exit(0);
		},
	});
	let download: ModelDownload | undefined;
	const connected = (): ModelDownload => {
		if (!download) {
			throw new Error("The request came before what it builds on");
		}
		return download;
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
			await download?.close();
			download = new ModelDownload({ network, tokens, log });
			return null;
		}),
	);
	connection.onRequest(LocateModel, (params, token) =>
		cancellable(token, (signal) => connected().locate(params, signal)),
	);
	connection.onRequest(FetchHeader, ({ bytes, path, ...model }, token) =>
		cancellable(token, async (signal) => {
			await connected().fetchHeader(model, bytes, path, signal);
			return null;
		}),
	);
	connection.onRequest(FetchModel, (params, token) =>
		cancellable(token, async (signal) => {
			const path = await connected().fetch(
				params,
				(progress) => {
					report(connection.sendProgress(FetchModelProgress, params.progressToken, progress));
				},
				signal,
			);
			return path === undefined ? null : { path };
		}),
	);
	connection.listen();
}
