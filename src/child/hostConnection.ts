import { createMessageConnection, ResponseError, type MessageConnection } from "vscode-jsonrpc";
import { IPCMessageReader, IPCMessageWriter } from "vscode-jsonrpc/node";
import { LogMessage, Shutdown, type LogParams } from "../protocol/childProcess";
import type { InferenceFailure } from "../protocol/failure";
import { FailureError } from "../protocol/failureError";

/** The JSON-RPC code of errors that a server defines itself. The failure's kind is in the data. */
const failureCode = -32_000;

/** Writes one line to the extension's log. Lines never contain text of a conversation. */
export type WriteLog = (level: LogParams["level"], message: string) => void;

/** The connection from this process to the extension host. */
export interface HostConnection {
	readonly connection: MessageConnection;
	readonly log: WriteLog;
	/**
	 * Handles a notification that needs no reply. If it cannot be sent, the host is gone, and this process ends soon as
	 * well.
	 */
	readonly report: (sent: Promise<void>) => void;
	/** Runs `work` and turns what it throws into a JSON-RPC error that carries an `InferenceFailure`. */
	readonly answer: <R>(work: () => Promise<R> | R) => Promise<R>;
}

export interface HostConnectionOptions {
	/** Called when the host is gone. Ends this process. */
	readonly onHostGone: () => void;
	/**
	 * Called when the host asks this process to end; the process waits for it. The host kills a process that takes over
	 * two seconds.
	 */
	readonly beforeEnd?: () => Promise<void>;
}

/**
 * Connects to the extension host over this process's IPC channel. The caller registers its handlers, then calls
 * `listen`.
 */
export function connectToHost({ onHostGone, beforeEnd }: HostConnectionOptions): HostConnection {
	const connection = createMessageConnection(
		new IPCMessageReader(process),
		new IPCMessageWriter(process),
	);
	const report: HostConnection["report"] = (sent) => {
		sent.catch(() => undefined);
	};
	const log: WriteLog = (level, message) => {
		report(connection.sendNotification(LogMessage, { level, message }));
	};
	connection.onRequest(Shutdown, async () => {
		await beforeEnd?.();
		// Exits after the response has been sent.
		setImmediate(() => {
			process.exit(0);
		});
		return null;
	});
	process.on("disconnect", onHostGone);
	return {
		connection,
		log,
		report,
		answer: async (work) => {
			try {
				return await work();
			} catch (error) {
				throw toResponseError(error, log);
			}
		},
	};
}

function toResponseError(error: unknown, log: WriteLog): ResponseError<InferenceFailure> {
	if (error instanceof FailureError) {
		return new ResponseError(failureCode, error.failure.kind, error.failure);
	}
	const message = error instanceof Error ? error.message : String(error);
	log("error", (error instanceof Error ? error.stack : undefined) ?? message);
	return new ResponseError(failureCode, message, { kind: "internal", message });
}
