import { createMessageConnection, ResponseError, type CancellationToken } from "vscode-jsonrpc";
import { IPCMessageReader, IPCMessageWriter } from "vscode-jsonrpc/node";
import type { InferenceFailure } from "../protocol/failure";
import {
	DownloadModel,
	DownloadProgress,
	FitConversation,
	Generate,
	GenerateProgress,
	inferenceProtocolVersion,
	Initialize,
	InspectModel,
	LoadModel,
	LoadProgress,
	Log,
	ResolveModel,
	Shutdown,
} from "../protocol/inference";
import { toAbortSignal } from "./cancellation";
import { DeltaBatcher } from "./deltaBatcher";
import { EngineError, type Engine, type EngineLog } from "./engine";

/** JSON-RPC's code for errors that a server defines for itself; the kind is in the data. */
const failureCode = -32_000;

/**
 * Answers an extension host's requests with `engine` over this process's IPC channel, until the host asks for
 * the end or is gone.
 */
export function serve(engine: Engine): void {
	const connection = createMessageConnection(
		new IPCMessageReader(process),
		new IPCMessageWriter(process),
	);
	const log: EngineLog = (level, message) => {
		void connection.sendNotification(Log, { level, message });
	};
	const report = <P>(sent: Promise<P>): void => {
		// A progress message that cannot be sent means the host is gone, and so will this process be.
		sent.catch(() => undefined);
	};

	/** An engine does one thing at a time; a cancelled request settles when its turn comes. */
	let turn: Promise<unknown> = Promise.resolve();
	const inTurn = <R>(
		token: CancellationToken,
		work: (signal: AbortSignal) => Promise<R>,
	): Promise<R> => {
		const signal = toAbortSignal(token);
		const result = turn.then(() => answer(() => work(signal), log));
		turn = result.catch(() => undefined);
		return result;
	};

	connection.onRequest(Initialize, ({ protocolVersion, gpu }, token) =>
		inTurn(token, () => {
			if (protocolVersion !== inferenceProtocolVersion) {
				throw new EngineError({
					kind: "engineUnavailable",
					reason: `The inference process speaks protocol ${inferenceProtocolVersion}, the extension ${protocolVersion}.`,
				});
			}
			return engine.initialize(gpu, log);
		}),
	);
	connection.onRequest(ResolveModel, (params, token) =>
		inTurn(token, (signal) => engine.resolveModel(params, signal)),
	);
	connection.onRequest(DownloadModel, (params, token) =>
		inTurn(token, async (signal) => {
			const path = await engine.downloadModel(
				params,
				(progress) => {
					report(connection.sendProgress(DownloadProgress, params.progressToken, progress));
				},
				signal,
			);
			return path === undefined ? null : { path };
		}),
	);
	connection.onRequest(InspectModel, ({ path }) => answer(() => engine.inspectModel(path), log));
	connection.onRequest(LoadModel, (params, token) =>
		inTurn(token, async (signal) => {
			const info = await engine.loadModel(
				params,
				(fraction) => {
					report(connection.sendProgress(LoadProgress, params.progressToken, { fraction }));
				},
				signal,
			);
			return info ?? null;
		}),
	);
	connection.onRequest(FitConversation, ({ messages, maxTokens }, token) =>
		inTurn(token, () => engine.fit(messages, maxTokens)),
	);
	connection.onRequest(Generate, (params, token) =>
		inTurn(token, async (signal) => {
			const batcher = new DeltaBatcher((channel, text) => {
				const delta = { kind: "text", channel, text } as const;
				report(connection.sendProgress(GenerateProgress, params.progressToken, delta));
			});
			try {
				return await engine.generate(
					params,
					{
						onPrefill: (doneTokens, totalTokens) => {
							const progress = { kind: "prefill", doneTokens, totalTokens } as const;
							report(connection.sendProgress(GenerateProgress, params.progressToken, progress));
						},
						onText: (channel, text) => {
							batcher.append(channel, text);
						},
					},
					signal,
				);
			} finally {
				batcher.flush();
			}
		}),
	);
	connection.onRequest(Shutdown, () => {
		// After the answer has left.
		setImmediate(() => {
			process.exit(0);
		});
		return null;
	});

	// Fires even when the host was killed: no orphan may hold the model's memory. `process.exit` would wait for the
	// pool's threads, and so for a large model to be loaded or a drive to answer.
	process.on("disconnect", () => {
		process.kill(process.pid, "SIGKILL");
	});
	connection.listen();
}

/** Turns what `work` throws into a JSON-RPC error with an `InferenceFailure`. */
async function answer<R>(work: () => Promise<R>, log: EngineLog): Promise<R> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof EngineError) {
			throw new ResponseError<InferenceFailure>(failureCode, error.failure.kind, error.failure);
		}
		const message = error instanceof Error ? error.message : String(error);
		log("error", (error instanceof Error ? error.stack : undefined) ?? message);
		throw new ResponseError<InferenceFailure>(failureCode, message, { kind: "internal", message });
	}
}
