import { NotificationType, RequestType0 } from "vscode-jsonrpc";
import type { InferenceFailure } from "./failure";

/*
 * What the extension host says to every process of ours and hears from it: JSON-RPC over the fork's IPC channel. An
 * expected failure is the `InferenceFailure` in `ResponseError.data`; cancelling (`$/cancelRequest`) makes a request
 * settle soon.
 */

/** Asks the process to end by itself. */
export const Shutdown = new RequestType0<null, InferenceFailure>("shutdown");

export interface LogParams {
	readonly level: "error" | "warn" | "info" | "debug";
	/** Never holds words of a conversation, nor a token. */
	readonly message: string;
}

export const Log = new NotificationType<LogParams>("log");
