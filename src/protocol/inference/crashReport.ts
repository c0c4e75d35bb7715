import * as v from "valibot";
import { timeMs } from "../schemaParts";

const count = v.pipe(v.number(), v.minValue(0));

/** What the engine was asked to do, in sizes only: it contains no text. */
const request = v.object({
	messages: count,
	/** UTF-16 units of all messages of each role; an answer's beginning counts with its thoughts. */
	systemCharacters: count,
	userCharacters: count,
	assistantCharacters: count,
	/** Whether the last message is the beginning of the answer. */
	continuesAnswer: v.boolean(),
	/** As counted before the crash; `undefined` if it crashed while counting. */
	promptTokens: v.optional(count),
	/** Tokens that had arrived. */
	answerTokens: count,
	maxTokens: count,
	temperature: v.number(),
});

/**
 * The stored report of a crash of the inference process. It contains nothing that was said, and no path. It stays on
 * this machine unless the user shares it.
 */
export const crashReportSchema = v.object({
	version: v.literal(1),
	id: v.string(),
	/** Epoch milliseconds. */
	atMs: timeMs,
	exitCode: v.nullable(v.number()),
	signal: v.nullable(v.string()),
	/** How long the process had been running. */
	uptimeMs: count,
	phase: v.picklist(["idle", "loading", "counting", "readingAhead", "prefill", "decoding"]),
	request: v.optional(request),
	/** `undefined` if no model was loaded. */
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
	/** The last lines that the process wrote, oldest first. */
	lastLines: v.array(v.string()),
	/** Crashes in this window so far, including this one. */
	crashes: count,
	recovery: v.picklist(["restarts", "gaveUp", "none"]),
	versions: v.object({
		extension: v.string(),
		vsCode: v.string(),
		/** "linux x64" */
		system: v.string(),
		/** `undefined` if llama.cpp had not been loaded. */
		engine: v.optional(
			v.object({ llamaCpp: v.string(), nodeLlamaCpp: v.string(), node: v.string() }),
		),
	}),
});

export type CrashReport = Readonly<v.InferOutput<typeof crashReportSchema>>;

/** The request that the engine was working on when it crashed. */
export type EngineRequest = Readonly<v.InferOutput<typeof request>>;

/** What the owner of the process knows of a crash. The report adds the surrounding versions. */
export type EngineCrash = Omit<CrashReport, "version" | "versions"> & {
	readonly versions: CrashReport["versions"]["engine"];
};
