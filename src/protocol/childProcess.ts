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
 * What the extension host says to every process of ours and hears from it: JSON-RPC over the fork's IPC channel. An
 * expected failure is the `InferenceFailure` in `ResponseError.data`; cancelling (`$/cancelRequest`) makes a request
 * settle soon.
 *
 * The host parses whatever it hears: these processes run native code, and pass on what files and hosts say.
 */

/** A request, with the schema of its answer. */
export class ChildRequest<P, R> extends RequestType<P, R, InferenceFailure> {
	readonly answer: v.GenericSchema<unknown, R>;

	constructor(method: string, answer: v.GenericSchema<unknown, R>) {
		super(method, ParameterStructures.byName);
		this.answer = answer;
	}
}

/** Progress of a request, with the schema of each message. */
export class ChildProgress<P> extends ProgressType<P> {
	readonly message: v.GenericSchema<unknown, P>;
	/** Makes one message of two that come close together; `undefined`: both are needed. */
	readonly joined: (earlier: P, later: P) => P | undefined;

	/** @param joined unless given, the later of two messages says it all. */
	constructor(
		message: v.GenericSchema<unknown, P>,
		joined: ChildProgress<P>["joined"] = (_earlier, later) => later,
	) {
		super();
		this.message = message;
		this.joined = joined;
	}
}

/** Asks the process to end by itself. */
export const Shutdown = new RequestType0<null, InferenceFailure>("shutdown");

/** Longest message of the log, in UTF-16 units. */
const longestLogMessage = 8000;

export const logParamsSchema = v.object({
	level: v.picklist(["error", "warn", "info", "debug"]),
	/** Never holds words of a conversation, nor a token. */
	message: wordsUpTo(longestLogMessage),
});

export type LogParams = Readonly<v.InferOutput<typeof logParamsSchema>>;

export const LogMessage = new NotificationType<LogParams>("log");
