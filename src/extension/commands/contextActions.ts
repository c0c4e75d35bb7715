import type { ContextMeter } from "../prompt/contextMeter";
import type { PromptPreloader } from "../prompt/promptPreloader";
import type { ShownChat } from "../chat/shownChat";
import { UserError } from "../base/userError";
import type { LanguageModel } from "../inference/languageModel";
import type { SettingsStore } from "../settings/settings";
import type { IntentHandlers } from "../view/performIntent";
import { t } from "../../wording/localize";

export interface ContextActionParts {
	readonly languageModel: LanguageModel;
	readonly meter: ContextMeter;
	readonly preloader: PromptPreloader;
	readonly settings: SettingsStore;
	readonly shown: ShownChat;
}

/** The actions while a message is being typed, and those that change what the loaded model can do. */
export type ContextActions = Pick<
	IntentHandlers,
	"draftTyped" | "enlargeContext" | "summarize" | "chooseThinking"
>;

/** Returns the actions that concern the context of the loaded model. */
export function createContextActions(parts: ContextActionParts): ContextActions {
	const { languageModel, meter, preloader, settings, shown } = parts;
	return {
		draftTyped: ({ text }) => {
			meter.draftTyped(text);
			preloader.draftTyped(text);
		},
		enlargeContext: () => enlargeContext(languageModel, settings),
		chooseThinking: () => chooseThinking(languageModel, settings),
		summarize: async () => {
			const { onDemand } = await import("../composition/onDemand");
			await onDemand.summarizeChat(languageModel, shown, settings.current);
		},
	};
}

/** Asks for a larger context, and reloads the model with it. */
async function enlargeContext(
	languageModel: LanguageModel,
	settings: SettingsStore,
): Promise<void> {
	const { status } = languageModel;
	if (status.kind !== "ready") {
		return;
	}
	const { onDemand } = await import("../composition/onDemand");
	const contextTokens = await onDemand.chooseContextSize(status.info);
	if (contextTokens !== undefined) {
		await settings.saveContextSize(contextTokens);
		await languageModel.prepare(new AbortController().signal);
	}
}

/** Asks how much the loaded model should think, and saves the choice. */
async function chooseThinking(
	languageModel: LanguageModel,
	settings: SettingsStore,
): Promise<void> {
	const { status } = languageModel;
	if (status.kind === "ready" && status.info.thinking.kind === "thinks") {
		const { onDemand } = await import("../composition/onDemand");
		const { name, thinking } = status.info;
		const chosen = await onDemand.chooseThinking(name, thinking, settings.current.thinking);
		if (chosen !== undefined) {
			await settings.saveThinking(chosen);
			if (settings.current.thinking !== chosen) {
				throw new UserError(
					t("This workspace sets how much models think. Change “Thinking” in its settings."),
				);
			}
		}
	}
}
