import { createMessageConnection, ResponseError, type MessageConnection } from "vscode-jsonrpc";
import { IPCMessageReader, IPCMessageWriter } from "vscode-jsonrpc/node";
import { LogMessage, Shutdown, type LogParams } from "../protocol/childProcess";
import type { InferenceFailure } from "../protocol/failure";
import { FailureError } from "../protocol/failureError";

/** JSON-RPC's code for errors that a server defines for itself; the kind is in the data. */
const failureCode = -32_000;

/** Takes one line for the extension's log; never words of a conversation. */
export type WriteLog = (level: LogParams["level"], message: string) => void;

/** This process's line to the extension host. */
export interface HostConnection {
	readonly connection: MessageConnection;
	readonly log: WriteLog;
	/** Lets a message go that nobody answers. One that cannot be sent means the host is gone, and so will this process be. */
	readonly report: (sent: Promise<void>) => void;
	/** Does `work` and turns what it throws into a JSON-RPC error with an `InferenceFailure`. */
	readonly answer: <R>(work: () => Promise<R> | R) => Promise<R>;
}

export interface HostConnectionOptions {
	/** Called when the host is gone: ends this process. */
	readonly onHostGone: () => void;
	/** Called when the host asks for the end, which waits for it. The host ends a process that takes over two seconds. */
	readonly beforeEnd?: () => Promise<void>;
}

/** Connects to the extension host over this process's IPC channel; `listen` is the caller's, after its handlers. */
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
		// After the answer has left.
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
