import { assertNever } from "../../protocol/assertNever";
import { runningAnswer, type AnswerStats, type ChatState } from "../../protocol/chat/chat";
import { describeDevice, describeRate } from "../../wording/describeDevice";
import { describeDeviceReasons } from "../../wording/describeDeviceReason";
import { describeFailure } from "../../wording/describeFailure";
import { formatBytes, formatCount, formatPercent } from "../../wording/format";
import type { ModelInfo, ModelStatus } from "../../protocol/inference/model";

/** What a status bar item shows. */
export interface ModelStatusText {
	/** With VS Code's icons as `$(name)`. */
	readonly text: string;
	/** For screen readers: no icons. */
	readonly accessibleName: string;
	readonly tooltip: string;
	/** Something failed, so the item is to stand out. */
	readonly isWarning: boolean;
}

/** @param home on which machine the model runs, as a clause */
export function modelStatusText(chat: ChatState, home: string): ModelStatusText {
	const { model } = chat;
	const name = model.kind === "ready" ? model.info.name : model.name;
	const isAnswering = runningAnswer(chat) !== undefined;
	const { icon, state, isShort } = describeState(model, isAnswering);
	const lines =
		model.kind === "ready" ? describeReady(model.info, lastStats(chat)) : describeRest(model);
	return {
		text: `$(${icon}) ${escapeIcons(name)}${isShort ? ` ${state}` : ""}`,
		accessibleName: `Local LLM: ${name}, ${state}`,
		tooltip: [
			`${name}: ${state}`,
			...lines,
			...(home === "on this machine" ? [] : [`Runs ${home}`]),
		].join("\n"),
		isWarning: model.kind === "failed",
	};
}

/** `isShort`: worth its room in the bar, where an icon stands for the others. */
function describeState(
	model: ModelStatus,
	isAnswering: boolean,
): { readonly icon: string; readonly state: string; readonly isShort: boolean } {
	switch (model.kind) {
		case "unloaded":
			return model.detail === ""
				? { icon: "circle-slash", state: "not chosen", isShort: false }
				: { icon: "circle-outline", state: "not loaded", isShort: false };
		case "starting":
			return { icon: "loading~spin", state: "starting", isShort: false };
		case "downloading": {
			const { receivedBytes, totalBytes } = model.progress;
			const state =
				totalBytes > 0
					? `downloading ${formatPercent(receivedBytes / totalBytes)}`
					: `downloading, ${formatBytes(receivedBytes)}`;
			return { icon: "cloud-download", state, isShort: true };
		}
		case "loading":
			return {
				icon: "loading~spin",
				state: `loading ${formatPercent(model.fraction)}`,
				isShort: true,
			};
		case "ready":
			return isAnswering
				? { icon: "loading~spin", state: "answering", isShort: false }
				: { icon: "chip", state: "ready", isShort: false };
		case "failed":
			return { icon: "warning", state: "not available", isShort: false };
		default:
			return assertNever(model);
	}
}

function describeReady(info: ModelInfo, stats: AnswerStats | undefined): readonly string[] {
	const { device, deviceReasons, memoryBytes, contextTokens } = info;
	const gpus = device.kind === "gpu" ? ` (${device.deviceNames.join(", ")})` : "";
	const gpuMemory = memoryBytes.gpu > 0 ? [`${formatBytes(memoryBytes.gpu)} of the GPU's`] : [];
	const rate = stats ? describeRate(stats) : "";
	return [
		`${describeDevice(device)}${gpus}. ${describeDeviceReasons(deviceReasons)}`,
		`Memory: ${[formatBytes(memoryBytes.ram), ...gpuMemory].join(", ")}; context of ${formatCount(contextTokens)} tokens`,
		...(rate === "" ? [] : [`Last answer: ${rate}`]),
	];
}

function describeRest(model: Exclude<ModelStatus, { readonly kind: "ready" }>): readonly string[] {
	switch (model.kind) {
		case "unloaded":
			return model.detail === ""
				? ["Choose a model to talk to"]
				: [model.detail, "The next message loads it"];
		case "failed":
			return [describeFailure(model.failure).sentence];
		case "starting":
		case "downloading":
		case "loading":
			return [];
		default:
			return assertNever(model);
	}
}

/** @returns what was measured of the last answer that gave figures. */
function lastStats({ turns }: ChatState): AnswerStats | undefined {
	for (const turn of turns.toReversed()) {
		if (turn.role === "assistant" && turn.state.kind === "ended") {
			const { outcome } = turn.state;
			if ("stats" in outcome && outcome.stats) {
				return outcome.stats;
			}
		}
	}
	return undefined;
}

/** A model's name is not ours: it must not draw icons. */
function escapeIcons(name: string): string {
	return name.replaceAll("$(", "$ (");
}
