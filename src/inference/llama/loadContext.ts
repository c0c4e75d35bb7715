import type * as NodeLlamaCpp from "node-llama-cpp";
import type { WriteLog } from "../../child/hostConnection";
import type { GpuChoice } from "../../protocol/inference/model";
import type { RecentLines } from "../recentLines";

/** The parts of the engine that loading a model needs. */
export interface LoadContext {
	readonly library: typeof NodeLlamaCpp;
	readonly llama: NodeLlamaCpp.Llama;
	readonly gpu: GpuChoice;
	/** llama.cpp's recent output, which contains the reasons that its errors lack. */
	readonly written: RecentLines;
	readonly log: WriteLog;
}
