import * as v from "valibot";
import {
	NotificationType,
	ParameterStructures,
	ProgressType,
	RequestType,
	RequestType0,
} from "vscode-jsonrpc";
import type { InferenceFailure } from "./failure";
import { wordsUpTo } from "./schemaParts";

/*
 * The messages between the extension host and each of its child processes: JSON-RPC over the fork's IPC channel. An
 * expected failure is the `InferenceFailure` in `ResponseError.data`. Canceling a request (`$/cancelRequest`) makes it
 * settle soon.
 *
 * The host parses everything it receives, because these processes run native code and pass on data from files and
 * servers.
 */

/** A request and the schema of its answer. */
export class ChildRequest<P, R> extends RequestType<P, R, InferenceFailure> {
	readonly answer: v.GenericSchema<unknown, R>;

	constructor(method: string, answer: v.GenericSchema<unknown, R>) {
		super(method, ParameterStructures.byName);
		this.answer = answer;
	}
}

/** The progress of a request, and the schema of each message. */
export class ChildProgress<P> extends ProgressType<P> {
	readonly message: v.GenericSchema<unknown, P>;
	/** Joins two messages that arrive in quick succession; returns `undefined` if both are needed. */
	readonly joined: (earlier: P, later: P) => P | undefined;

	/** @param joined by default, the later of two messages replaces the earlier one */
	constructor(
		message: v.GenericSchema<unknown, P>,
		joined: ChildProgress<P>["joined"] = (_earlier, later) => later,
	) {
		super();
		this.message = message;
		this.joined = joined;
	}
}

/** Asks the process to exit. */
export const Shutdown = new RequestType0<null, InferenceFailure>("shutdown");

/** The longest log message, in UTF-16 units. */
const longestLogMessage = 8000;

export const logParamsSchema = v.object({
	level: v.picklist(["error", "warn", "info", "debug"]),
	/** Never contains text of a chat or an access token. */
	message: wordsUpTo(longestLogMessage),
});

export type LogParams = Readonly<v.InferOutput<typeof logParamsSchema>>;

export const LogMessage = new NotificationType<LogParams>("log");
