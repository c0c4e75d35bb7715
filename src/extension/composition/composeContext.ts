import { ContextMeter, type ContextMeterParts } from "../prompt/contextMeter";
import { ReadAhead } from "../prompt/readAhead";
import type { ShownChat } from "../chat/shownChat";
import type { Disposable } from "../base/disposableStore";
import type { InferenceBackend } from "../inference/backend";
import type { SettingsStore } from "../settings/settings";
import { UserError } from "../base/userError";
import type { ChatActions } from "../view/dispatchIntent";

export interface ContextActionParts extends ContextMeterParts {
	readonly backend: InferenceBackend;
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
	const { backend, shown, settings } = parts;
	const meter = new ContextMeter(parts);
	const readAhead = new ReadAhead({ ...parts, isWanted: () => settings.current.preload });
	return {
		actions: {
			draftTyped: (text) => {
				meter.draftTyped(text);
				readAhead.draftTyped(text);
			},
			enlargeContext: () => enlargeContext(backend, settings),
			chooseThinking: () => chooseThinking(backend, settings),
			summarize: async () => {
				const { summarizeChat } = await import("./onDemand");
				await summarizeChat(backend, shown, settings.current);
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
async function enlargeContext(backend: InferenceBackend, settings: SettingsStore): Promise<void> {
	const { status } = backend;
	if (status.kind !== "ready") {
		return;
	}
	const { chooseContextSize } = await import("./onDemand");
	const contextTokens = await chooseContextSize(status.info);
	if (contextTokens !== undefined) {
		await settings.saveContextSize(contextTokens);
		await backend.prepare(new AbortController().signal);
	}
}

/** Has a person choose how much the loaded model thinks. */
async function chooseThinking(backend: InferenceBackend, settings: SettingsStore): Promise<void> {
	const { status } = backend;
	if (status.kind === "ready" && status.info.thinking.kind === "thinks") {
		const onDemand = await import("./onDemand");
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
