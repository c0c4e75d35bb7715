import { RequestType, RequestType0 } from "vscode-jsonrpc/node";
import type { Measured } from "./bareEngine";

/**
 * Environment variable with the name of the pipe through which the bench requests bare answers from the engine's process.
 */
export const pipeVariable = "BARE_LOOP_PIPE";

export interface BareQuestion {
	readonly system: string;
	readonly question: string;
	readonly maxTokens: number;
}

/** Prepares bare loops over the context of the model that the engine has loaded. */
export const Prepare = new RequestType0<null, void>("bare/prepare");
export const Answer = new RequestType<BareQuestion, Measured, void>("bare/answer");
/** Returns the milliseconds for one batch of this many tokens. */
export const Batch = new RequestType<number, number, void>("bare/batch");
