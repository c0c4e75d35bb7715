import * as v from "valibot";
import { timeMs } from "../schemaParts";

const count = v.pipe(v.number(), v.minValue(0));

/** What the engine was asked, in sizes: no word of it. */
const request = v.object({
	messages: count,
	/** UTF-16 units of all messages of each role; an answer's beginning counts with its thoughts. */
	systemCharacters: count,
	userCharacters: count,
	assistantCharacters: count,
	/** The last message is the beginning of the answer. */
	continuesAnswer: v.boolean(),
	/** As counted before; `undefined` if it crashed over that. */
	promptTokens: v.optional(count),
	/** Tokens that had arrived. */
	answerTokens: count,
	maxTokens: count,
	temperature: v.number(),
});

/**
 * What is known of a crash of the process that runs the model, as it lies on the disk. It holds nothing of what was
 * said, and no path; it goes nowhere unless a person takes it there.
 */
export const crashReportSchema = v.object({
	version: v.literal(1),
	id: v.string(),
	/** Epoch milliseconds. */
	atMs: timeMs,
	exitCode: v.nullable(v.number()),
	signal: v.nullable(v.string()),
	/** How long the process had run. */
	uptimeMs: count,
	phase: v.picklist(["idle", "loading", "counting", "readingAhead", "prefill", "decoding"]),
	request: v.optional(request),
	/** `undefined` while none was loaded. */
	model: v.optional(
		v.object({
			name: v.string(),
			fileBytes: count,
			architecture: v.string(),
			contextTokens: count,
			device: v.string(),
			deviceReason: v.string(),
		}),
	),
	/** What the process wrote last, oldest first. */
	lastLines: v.array(v.string()),
	/** Crashes in this window so far, this one included. */
	crashes: count,
	recovery: v.picklist(["restarts", "gaveUp", "none"]),
	versions: v.object({
		extension: v.string(),
		vsCode: v.string(),
		/** "linux x64" */
		system: v.string(),
		/** `undefined` where llama.cpp had not been loaded. */
		engine: v.optional(
			v.object({ llamaCpp: v.string(), nodeLlamaCpp: v.string(), node: v.string() }),
		),
	}),
});

export type CrashReport = Readonly<v.InferOutput<typeof crashReportSchema>>;

/** What is asked of the engine when it crashes. */
export type EngineRequest = Readonly<v.InferOutput<typeof request>>;

/** What the process's owner knows of a crash; the rest are the versions around it. */
export type EngineCrash = Omit<CrashReport, "version" | "versions"> & {
	readonly versions: CrashReport["versions"]["engine"];
};
