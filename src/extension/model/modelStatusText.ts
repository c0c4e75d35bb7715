import { assertNever } from "../../protocol/assertNever";
import { runningAnswer, type AnswerStats, type ChatState } from "../../protocol/chat/chat";
import { describeDevice, describeRate } from "../../wording/describeDevice";
import { describeDeviceReasons } from "../../wording/describeDeviceReason";
import { describeFailure } from "../../wording/describeFailure";
import { formatBytes, formatPercent } from "../../wording/format";
import { formatList } from "../../wording/intl";
import { plural, t } from "../../wording/localize";
import type { ModelInfo, ModelStatus } from "../../protocol/inference/model";

/** The texts of the status bar item. */
export interface ModelStatusText {
	/** The visible text, with VS Code's icons as `$(name)`. */
	readonly text: string;
	/** The text for screen readers, without icons. */
	readonly accessibleName: string;
	readonly tooltip: string;
	/** Whether something failed, so that the item must stand out. */
	readonly isWarning: boolean;
}

/**
 * Returns the texts of the status bar item.
 *
 * @param home a sentence that says on which machine the model runs; empty for this machine
 */
export function modelStatusText(chat: ChatState, home: string): ModelStatusText {
	const { model } = chat;
	const name = model.kind === "ready" ? model.info.name : model.name;
	const isAnswering = runningAnswer(chat) !== undefined;
	const { icon, state, isShort } = describeState(model, isAnswering);
	const lines =
		model.kind === "ready" ? describeReady(model.info, lastStats(chat)) : describeRest(model);
	return {
		text: `$(${icon}) ${escapeIcons(name)}${isShort ? ` ${state}` : ""}`,
		accessibleName: t("Local LLM: {0}, {1}", name, state),
		tooltip: [`${name}: ${state}`, ...lines, ...(home === "" ? [] : [home])].join("\n"),
		isWarning: model.kind === "failed",
	};
}

/** Returns the state of the model. `isShort` tells whether the bar shows it as text; other states have only an icon. */
function describeState(
	model: ModelStatus,
	isAnswering: boolean,
): { readonly icon: string; readonly state: string; readonly isShort: boolean } {
	switch (model.kind) {
		case "unloaded":
			return model.detail === ""
				? { icon: "circle-slash", state: t("not chosen"), isShort: false }
				: { icon: "circle-outline", state: t("not loaded"), isShort: false };
		case "starting":
			return { icon: "loading~spin", state: t("starting"), isShort: false };
		case "downloading": {
			const { receivedBytes, totalBytes } = model.progress;
			const state =
				totalBytes > 0
					? t("downloading {0}", formatPercent(receivedBytes / totalBytes))
					: t("downloading, {0}", formatBytes(receivedBytes));
			return { icon: "cloud-download", state, isShort: true };
		}
		case "loading":
			return {
				icon: "loading~spin",
				state: t("loading {0}", formatPercent(model.fraction)),
				isShort: true,
			};
		case "ready":
			return isAnswering
				? { icon: "loading~spin", state: t("answering"), isShort: false }
				: { icon: "chip", state: t("ready"), isShort: false };
		case "failed":
			return { icon: "warning", state: t("not available"), isShort: false };
		default:
			return assertNever(model);
	}
}

function describeReady(info: ModelInfo, stats: AnswerStats | undefined): readonly string[] {
	const { device, deviceReasons, memoryBytes, contextTokens } = info;
	const shownDevice =
		device.kind === "gpu"
			? t("{0} ({1})", describeDevice(device), formatList(device.deviceNames))
			: describeDevice(device);
	const ram = formatBytes(memoryBytes.ram);
	const rate = stats ? describeRate(stats) : "";
	return [
		`${shownDevice}. ${describeDeviceReasons(deviceReasons)}`,
		memoryBytes.gpu > 0
			? t("Memory: {0}, and {1} of GPU memory", ram, formatBytes(memoryBytes.gpu))
			: t("Memory: {0}", ram),
		plural(contextTokens, "Context: {0} token", "Context: {0} tokens"),
		...(rate === "" ? [] : [t("Last answer: {0}", rate)]),
	];
}

function describeRest(model: Exclude<ModelStatus, { readonly kind: "ready" }>): readonly string[] {
	switch (model.kind) {
		case "unloaded":
			return model.detail === ""
				? [t("Choose a model.")]
				: [model.detail, t("Your next message loads it.")];
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

/** Returns the statistics of the last answer that has any. */
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

/** Escapes the syntax of icons in a name, because model files can contain any name. */
function escapeIcons(name: string): string {
	return name.replaceAll("$(", "$ (");
}
