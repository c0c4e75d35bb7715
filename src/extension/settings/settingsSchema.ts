import * as v from "valibot";
import type { ChatSettings } from "../../protocol/chat/chat";
import type { GpuChoice, GpuLayers } from "../../protocol/inference/model";
import { settingRanges } from "../../protocol/settingRanges";
import type { Thinking } from "../../protocol/chat/thinking";

/** What the user can set, under `localLlm.` in VS Code's settings. */
export interface Settings extends ChatSettings {
	readonly thinking: Thinking;
	/** An absolute path, an `hf:` URI or an https URL; empty: none chosen. */
	readonly model: string;
	/** Tokens of context to allocate; 0: as many as fit into memory. */
	readonly contextSize: number;
	readonly gpu: GpuChoice;
	/** Layers of the model on the GPU; "auto": as many as fit. */
	readonly gpuLayers: GpuLayers;
	/** 0: chosen for the machine. */
	readonly threads: number;
	/** Minutes without a message after which the model leaves the memory; 0: never. */
	readonly unloadAfterMinutes: number;
	/** The loaded model reads a message while it is written. */
	readonly preload: boolean;
	/** Mebibytes of the disk for states of what was evaluated; 0: none are kept. */
	readonly stateCacheMegabytes: number;
	/** Where models named `hf:` come from in place of Hugging Face; empty: Hugging Face itself. */
	readonly modelEndpoint: string;
}

export const defaultSettings: Settings = {
	systemPrompt: "You are a helpful assistant.",
	maxTokens: 2048,
	temperature: 0.7,
	streaming: true,
	markdown: true,
	thinking: "auto",
	model: "hf:bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M",
	contextSize: 8192,
	gpu: "auto",
	gpuLayers: "auto",
	threads: 0,
	unloadAfterMinutes: 15,
	preload: true,
	stateCacheMegabytes: 2048,
	modelEndpoint: "",
};

/** Ranges as the manifest declares them. */
const machineRanges = {
	contextSize: { min: 0, max: 1_048_576 },
	gpuLayers: { min: 0, max: 1024 },
	threads: { min: 0, max: 256 },
	unloadAfterMinutes: { min: 0, max: 10_080 },
	stateCacheMegabytes: { min: 0, max: 1_048_576 },
} as const;

interface Range {
	readonly min: number;
	readonly max: number;
}

/** A number in the range, or the nearest that is; what is no number becomes the default. */
function numberIn({ min, max }: Range, otherwise: number) {
	return v.fallback(
		v.pipe(
			v.number(),
			v.transform((value) => Math.min(max, Math.max(min, value))),
		),
		otherwise,
	);
}

function integerIn(range: Range, otherwise: number) {
	return v.pipe(numberIn(range, otherwise), v.transform(Math.round));
}

const schema = v.object({
	systemPrompt: v.fallback(
		v.pipe(
			v.string(),
			v.transform((text) => text.slice(0, settingRanges.systemPrompt.maxLength)),
		),
		defaultSettings.systemPrompt,
	),
	maxTokens: integerIn(settingRanges.maxTokens, defaultSettings.maxTokens),
	temperature: numberIn(settingRanges.temperature, defaultSettings.temperature),
	streaming: v.fallback(v.boolean(), defaultSettings.streaming),
	markdown: v.fallback(v.boolean(), defaultSettings.markdown),
	thinking: v.union([
		v.pipe(v.number(), integerIn(settingRanges.thinkingTokens, settingRanges.thinkingTokens.max)),
		v.fallback(v.picklist(["auto", "off", "on"]), "auto"),
	]),
	model: v.fallback(v.pipe(v.string(), v.trim()), defaultSettings.model),
	contextSize: integerIn(machineRanges.contextSize, defaultSettings.contextSize),
	gpu: v.fallback(v.picklist(["auto", "metal", "cuda", "vulkan", "off"]), defaultSettings.gpu),
	gpuLayers: v.union([
		v.pipe(v.number(), integerIn(machineRanges.gpuLayers, 0)),
		v.fallback(v.literal("auto"), "auto"),
	]),
	threads: integerIn(machineRanges.threads, defaultSettings.threads),
	unloadAfterMinutes: numberIn(
		machineRanges.unloadAfterMinutes,
		defaultSettings.unloadAfterMinutes,
	),
	preload: v.fallback(v.boolean(), defaultSettings.preload),
	stateCacheMegabytes: integerIn(
		machineRanges.stateCacheMegabytes,
		defaultSettings.stateCacheMegabytes,
	),
	modelEndpoint: v.fallback(v.pipe(v.string(), v.trim()), defaultSettings.modelEndpoint),
});

export const settingKeys = Object.keys(defaultSettings) as (keyof Settings)[];

export const chatSettingKeys = [
	"systemPrompt",
	"maxTokens",
	"temperature",
	"streaming",
	"markdown",
] as const satisfies (keyof ChatSettings)[];

/**
 * Makes settings of what a settings.json holds, which may be anything: a number outside its range becomes the
 * nearest inside, and what has the wrong type, or is not there, becomes the default.
 */
export function parseSettings(raw: Readonly<Partial<Record<keyof Settings, unknown>>>): Settings {
	return v.parse(schema, Object.fromEntries(settingKeys.map((key) => [key, raw[key]])));
}

/** @returns the part that the chat's own dialog shows. */
export function chatSettingsOf(settings: Settings): ChatSettings {
	const { systemPrompt, maxTokens, temperature, streaming, markdown } = settings;
	return { systemPrompt, maxTokens, temperature, streaming, markdown };
}
