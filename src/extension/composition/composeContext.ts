import { ContextMeter, type ContextMeterParts } from "../prompt/contextMeter";
import { PromptPreloader } from "../prompt/promptPreloader";
import type { ShownChat } from "../chat/shownChat";
import type { Disposable } from "../base/disposableStore";
import type { LanguageModel } from "../inference/languageModel";
import type { SettingsStore } from "../settings/settings";
import { UserError } from "../base/userError";
import type { ChatActions } from "../view/dispatchIntent";

export interface ContextActionParts extends ContextMeterParts {
	readonly languageModel: LanguageModel;
	readonly shown: ShownChat;
	readonly settings: SettingsStore;
}

/** What is done for a message while it is typed, and about what the loaded model can do. */
export type ContextActions = Pick<
	ChatActions,
	"draftTyped" | "enlargeContext" | "summarize" | "chooseThinking"
>;

/** Puts together what counts the context and reads ahead, and what is done where the context is nearly full. */
export function composeContext(parts: ContextActionParts): Disposable & {
	readonly actions: ContextActions;
	/** Whether a message is being written that the model reads. */
	readonly isReadAhead: () => boolean;
} {
	const { languageModel, shown, settings } = parts;
	const meter = new ContextMeter(parts);
	const readAhead = new PromptPreloader({ ...parts, isWanted: () => settings.current.preload });
	return {
		actions: {
			draftTyped: (text) => {
				meter.draftTyped(text);
				readAhead.draftTyped(text);
			},
			enlargeContext: () => enlargeContext(languageModel, settings),
			chooseThinking: () => chooseThinking(languageModel, settings),
			summarize: async () => {
				const { onDemand } = await import("./onDemand");
				await onDemand.summarizeChat(languageModel, shown, settings.current);
			},
		},
		isReadAhead: () => readAhead.isReading,
		dispose: () => {
			readAhead.dispose();
			meter.dispose();
		},
	};
}

/** Has a person choose a larger context for the loaded model, and loads it with that. */
async function enlargeContext(
	languageModel: LanguageModel,
	settings: SettingsStore,
): Promise<void> {
	const { status } = languageModel;
	if (status.kind !== "ready") {
		return;
	}
	const { onDemand } = await import("./onDemand");
	const contextTokens = await onDemand.chooseContextSize(status.info);
	if (contextTokens !== undefined) {
		await settings.saveContextSize(contextTokens);
		await languageModel.prepare(new AbortController().signal);
	}
}

/** Has a person choose how much the loaded model thinks. */
async function chooseThinking(
	languageModel: LanguageModel,
	settings: SettingsStore,
): Promise<void> {
	const { status } = languageModel;
	if (status.kind === "ready" && status.info.thinking.kind === "thinks") {
		const { onDemand } = await import("./onDemand");
		const { name, thinking } = status.info;
		const chosen = await onDemand.chooseThinking(name, thinking, settings.current.thinking);
		if (chosen !== undefined) {
			await settings.saveThinking(chosen);
			if (settings.current.thinking !== chosen) {
				throw new UserError(
					"This workspace sets how much models think. Change “Thinking” in its settings.",
				);
			}
		}
	}
}
