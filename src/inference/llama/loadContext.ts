import type * as NodeLlamaCpp from "node-llama-cpp";
import type { WriteLog } from "../../child/hostConnection";
import type { GpuChoice } from "../../protocol/inference/model";
import type { RecentLines } from "../recentLines";

/** What a load needs of the engine. */
export interface LoadContext {
	readonly library: typeof NodeLlamaCpp;
	readonly llama: NodeLlamaCpp.Llama;
	readonly gpu: GpuChoice;
	/** What llama.cpp wrote lately: its reasons are there, not in its errors. */
	readonly written: RecentLines;
	readonly log: WriteLog;
}
