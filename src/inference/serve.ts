import type { CancellationToken } from "vscode-jsonrpc";
import { toAbortSignal } from "../child/cancellation";
import { connectToHost } from "../child/hostConnection";
import { FailureError } from "../protocol/failureError";
import {
	AnswerNow,
	CountTokens,
	EstimateFit,
	FindBackends,
	Generate,
	GenerateProgress,
	inferenceProtocolVersion,
	Initialize,
	InspectModel,
	LoadModel,
	LoadProgress,
	PreloadPrompt,
	ReportDevice,
} from "../protocol/inference/inference";
import { DeltaBatcher } from "./pace/deltaBatcher";
import type { Engine } from "./engine";
import { RequestTurns } from "./requestTurns";

/** Time without a request after which the engine saves its state, in milliseconds. */
const quietMs = 2000;

/**
 * Serves the extension host's requests with `engine` over this process's IPC channel until the host ends the process or
 * is gone.
 */
// eslint-disable-next-line max-lines-per-function -- it lists the handler of every request
export function serveInference(engine: Engine): void {
	const { connection, log, report, answer } = connectToHost({
		// An orphaned process must not keep the model's memory. `process.exit` would wait for the thread pool, and so for a
		// large model to load or a drive to respond.
		onHostGone: () => {
			process.kill(process.pid, "SIGKILL");
		},
		beforeEnd: async () => {
			// A request still running then does not react to its cancellation, and may never settle.
			if (!turns.isBusy) {
				await turns.settled();
				await engine.saveToCache("end", new AbortController().signal);
			}
		},
	});

	/** The engine does one thing at a time. A cancelled request settles when its turn comes. */
	const turns = new RequestTurns(quietMs, (signal) => engine.saveToCache("rest", signal));
	/** The controllers that end the thoughts of current answers, by progress token. */
	const answering = new Map<string, AbortController>();
	const inTurn = <R>(
		token: CancellationToken,
		work: (signal: AbortSignal) => Promise<R>,
	): Promise<R> => {
		const signal = toAbortSignal(token);
		return turns.run(() => answer(() => work(signal)));
	};

	connection.onRequest(FindBackends, (_params, token) =>
		inTurn(token, () => engine.findBackends()),
	);
	connection.onRequest(Initialize, ({ protocolVersion, gpu }, token) =>
		inTurn(token, () => {
			if (protocolVersion !== inferenceProtocolVersion) {
				throw new FailureError({
					kind: "engineUnavailable",
					reason: `The inference process speaks protocol ${inferenceProtocolVersion}, the extension ${protocolVersion}.`,
				});
			}
			return engine.initialize(gpu, log);
		}),
	);
	connection.onRequest(EstimateFit, (params, token) =>
		inTurn(token, () => engine.estimateFit(params)),
	);
	connection.onRequest(InspectModel, ({ path }) => answer(() => engine.inspectModel(path)));
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
	connection.onRequest(PreloadPrompt, ({ messages, ...options }, token) =>
		inTurn(token, (signal) => engine.preload(messages, options, signal)),
	);
	connection.onRequest(Generate, (params, token) => {
		const answerNow = new AbortController();
		answering.set(params.progressToken, answerNow);
		return inTurn(token, async (signal) => {
			let answerTokens = 0;
			const batcher = new DeltaBatcher((channel, text) => {
				const delta = { kind: "text", channel, text, answerTokens } as const;
				report(connection.sendProgress(GenerateProgress, params.progressToken, delta));
			});
			try {
				return await engine.generate(
					{ ...params, answerNow: answerNow.signal },
					{
						onTrimmed: (trimmed) => {
							const progress = { kind: "trimmed", ...trimmed } as const;
							report(connection.sendProgress(GenerateProgress, params.progressToken, progress));
						},
						onPrefill: (doneTokens, totalTokens) => {
							const progress = { kind: "prefill", doneTokens, totalTokens } as const;
							report(connection.sendProgress(GenerateProgress, params.progressToken, progress));
						},
						onText: (channel, text, tokens) => {
							answerTokens += tokens;
							batcher.append(channel, text);
						},
					},
					signal,
				);
			} finally {
				batcher.flush();
				answering.delete(params.progressToken);
			}
		});
	});
	connection.onNotification(AnswerNow, ({ progressToken }) => {
		answering.get(progressToken)?.abort();
	});
	// Not queued: the caller must not wait for the end of a long answer.
	connection.onRequest(CountTokens, ({ conversations, thinking }) =>
		answer(() => Promise.resolve(engine.countTokens(conversations, thinking) ?? null)),
	);
	connection.onRequest(ReportDevice, () => answer(() => engine.report()));
	connection.listen();
}
