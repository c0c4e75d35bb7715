import * as v from "valibot";
import type { AnswerStats } from "../chat/chat";
import type { DeviceReason } from "./deviceReason";
import type { BackendFinding } from "./deviceBackend";
import type { EngineReport, EngineVersions, LoadReport, MemoryState } from "./deviceReport";
import { backendProblemSchema } from "../failureSchema";
import type { Device, ModelDetails, ModelInfo } from "./model";
import type { ModelFit } from "./modelFit";
import { modelKinds } from "../download/modelKind";
import {
	byKind,
	count,
	finite,
	listUpTo,
	pathText,
	unlessDropped,
	words,
	wordsUpTo,
} from "../schemaParts";
import type { TemplateProblem, TemplateStandIn, ThinkingAbility } from "../chat/thinking";

/* Schemas of what the inference process reports about itself and about models. */

const gpuBackend = v.picklist(["metal", "cuda", "vulkan"]);

export const backendNameSchema = v.picklist(["metal", "cuda", "vulkan", "cpu"]);

const deviceNames = listUpTo(64, words);

/** Longer chat templates than this are not genuine. UTF-16 units. */
const longestTemplate = 100_000;

const finding = v.pipe(
	v.object({ backend: gpuBackend, problem: v.optional(backendProblemSchema) }),
	v.transform(({ backend, problem }): BackendFinding => ({
		backend,
		...(problem && { problem }),
	})),
);

export const findingsSchema = listUpTo<BackendFinding>(16, finding);

export const versionsSchema: v.GenericSchema<unknown, EngineVersions> = v.object({
	llamaCpp: words,
	nodeLlamaCpp: words,
	node: words,
});

export const statsSchema: v.GenericSchema<unknown, AnswerStats> = v.object({
	promptTokens: count,
	evaluatedTokens: count,
	answerTokens: count,
	firstTokenMs: count,
	decodeMs: count,
});

export const fitSchema = byKind<ModelFit>({
	gpu: v.object({ kind: v.literal("gpu") }),
	partly: v.object({ kind: v.literal("partly"), gpuLayers: count, totalLayers: count }),
	cpu: v.object({ kind: v.literal("cpu"), memoryBytes: count }),
	tooLarge: v.object({ kind: v.literal("tooLarge"), requiredBytes: count, freeBytes: finite }),
});

const device = byKind<Device>({
	gpu: v.object({
		kind: v.literal("gpu"),
		backend: gpuBackend,
		deviceNames,
		gpuLayers: count,
		totalLayers: count,
		threads: count,
	}),
	cpu: v.object({ kind: v.literal("cpu"), threads: count }),
});

const deviceReasons = listUpTo<DeviceReason>(
	16,
	byKind<DeviceReason>({
		bestBackend: v.object({ kind: v.literal("bestBackend") }),
		gpuSetting: v.object({ kind: v.literal("gpuSetting") }),
		gpuOff: v.object({ kind: v.literal("gpuOff") }),
		noBackendWorks: v.object({ kind: v.literal("noBackendWorks") }),
		backendProblem: v.object({
			kind: v.literal("backendProblem"),
			backend: backendNameSchema,
			problem: backendProblemSchema,
		}),
		zeroLayers: v.object({ kind: v.literal("zeroLayers") }),
		noLayerFits: v.object({ kind: v.literal("noLayerFits"), deviceNames }),
		layersFit: v.object({ kind: v.literal("layersFit"), gpuLayers: count, totalLayers: count }),
		layersSet: v.object({ kind: v.literal("layersSet"), gpuLayers: count, totalLayers: count }),
	}),
);

const thinking = byKind<ThinkingAbility>({
	none: v.object({ kind: v.literal("none") }),
	thinks: v.object({
		kind: v.literal("thinks"),
		byDefault: v.boolean(),
		canTurnOff: v.boolean(),
		canEnd: v.boolean(),
	}),
});

const templateStandIn: v.GenericSchema<unknown, TemplateStandIn> = v.object({
	problem: byKind<TemplateProblem>({
		missing: v.object({ kind: v.literal("missing") }),
		unusable: v.object({ kind: v.literal("unusable"), reason: words }),
	}),
	format: words,
});

export const modelInfoSchema: v.GenericSchema<unknown, ModelInfo> = v.object({
	name: words,
	path: pathText,
	fileBytes: count,
	architecture: words,
	contextTokens: count,
	trainedContextTokens: count,
	contextBytesPerToken: unlessDropped(count),
	memoryBytes: v.object({ ram: finite, gpu: finite }),
	device,
	deviceReasons,
	thinking,
	templateStandIn: unlessDropped(templateStandIn),
});

export const modelDetailsSchema: v.GenericSchema<unknown, ModelDetails> = v.object({
	kind: v.picklist(modelKinds),
	name: unlessDropped(words),
	path: pathText,
	fileBytes: count,
	partCount: count,
	architecture: words,
	parameterCount: count,
	quantization: unlessDropped(words),
	trainedContextTokens: unlessDropped(count),
	layers: unlessDropped(count),
	chatTemplate: unlessDropped(wordsUpTo(longestTemplate)),
});

const memory: v.GenericSchema<unknown, MemoryState> = v.object({
	totalBytes: finite,
	freeBytes: finite,
});

const loadReport: v.GenericSchema<unknown, LoadReport> = v.object({
	info: modelInfoSchema,
	gpuLayers: count,
	totalLayers: count,
	contextReason: v.picklist(["setting", "trained", "memory"]),
	threadsAreSet: v.boolean(),
});

export const engineReportSchema: v.GenericSchema<unknown, EngineReport> = v.object({
	backend: backendNameSchema,
	devices: v.object({ names: deviceNames, memory: unlessDropped(memory) }),
	ram: memory,
	processor: v.object({ mathCores: count, usableCores: count }),
	loaded: v.nullable(loadReport),
	versions: versionsSchema,
});
