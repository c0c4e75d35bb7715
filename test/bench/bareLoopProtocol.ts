import { RequestType, RequestType0 } from "vscode-jsonrpc/node";
import type { Measured } from "./bareEngine";

/** Environment variable with the name of the pipe over which the bench asks the engine's process for bare answers. */
export const pipeVariable = "BARE_LOOP_PIPE";

export interface BareQuestion {
	readonly system: string;
	readonly question: string;
	readonly maxTokens: number;
}

/** Makes bare loops ready, over the context of the model that the engine has loaded. */
export const Prepare = new RequestType0<null, void>("bare/prepare");
export const Answer = new RequestType<BareQuestion, Measured, void>("bare/answer");
/** Milliseconds for so many tokens in one batch. */
export const Batch = new RequestType<number, number, void>("bare/batch");
