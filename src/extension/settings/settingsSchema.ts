import * as v from "valibot";
import type { ChatSettings } from "../../protocol/chat/chat";
import type { GpuChoice, GpuLayers } from "../../protocol/inference/model";
import { settingRanges } from "../../protocol/settingRanges";
import type { Thinking } from "../../protocol/chat/thinking";

/** The settings of this extension, under `localLlm.` in VS Code. */
export interface Settings extends ChatSettings {
	readonly thinking: Thinking;
	/** An absolute path, an `hf:` URI, or an https URL; empty if no model is chosen. */
	readonly model: string;
	/** Tokens of context to allocate; 0 for as many as fit into memory. */
	readonly contextSize: number;
	readonly gpu: GpuChoice;
	/** Layers of the model on the GPU; "auto" for as many as fit. */
	readonly gpuLayers: GpuLayers;
	/** The number of CPU threads; 0 for automatic. */
	readonly threads: number;
	/** Minutes without a message after which the model is unloaded; 0 for never. */
	readonly unloadAfterMinutes: number;
	/** Whether the loaded model evaluates a message while it is being typed. */
	readonly preload: boolean;
	/** The largest size of the prompt cache on disk, in mebibytes; 0 turns it off. */
	readonly stateCacheMegabytes: number;
	/** The URL of a mirror for `hf:` models; empty for Hugging Face itself. */
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

/** The ranges of the settings, as in the manifest. */
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

/** Accepts a number, and clamps it to the range. Any other value becomes `otherwise`. */
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
 * Parses the values of a settings.json, which can be anything. Clamps numbers to their range. A missing value, or one of
 * the wrong type, becomes the default.
 */
export function parseSettings(raw: Readonly<Partial<Record<keyof Settings, unknown>>>): Settings {
	return v.parse(schema, Object.fromEntries(settingKeys.map((key) => [key, raw[key]])));
}

/** Returns the settings that the dialog of the chat shows. */
export function chatSettingsOf(settings: Settings): ChatSettings {
	const { systemPrompt, maxTokens, temperature, streaming, markdown } = settings;
	return { systemPrompt, maxTokens, temperature, streaming, markdown };
}
