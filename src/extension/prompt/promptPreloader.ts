import { runningAnswer } from "../../protocol/chat/chat";
import type { ChatFact } from "../../protocol/chat/chatEvent";
import { failureIn } from "../../protocol/failureError";
import type { Message } from "../../protocol/inference/inference";
import { messageIn } from "../../protocol/chat/messageIn";
import type { Clock } from "../base/clock";
import type { StoredUserTurn } from "../conversation/chatRecord";
import type { Disposable } from "../base/disposableStore";
import type { LanguageModel } from "../inference/languageModel";
import { describeError, type Log } from "../base/log";
import type { ChatAttachments } from "../chat/chatAttachments";
import type { ChatStore } from "../chat/chatStore";
import { buildPrompt } from "./promptBuilder";
import type { ShownChat } from "../chat/shownChat";

/** The pause in changes after which the prompt is preloaded, in milliseconds. */
export const preloadDelayMs = 150;

/** How long to wait before a busy model is asked again, in milliseconds. */
export const preloadRetryMs = 1_000;

export interface PromptPreloaderParts {
	readonly store: ChatStore;
	readonly shown: Pick<ShownChat, "chat">;
	readonly attachments: Pick<ChatAttachments, "codes">;
	readonly languageModel: Pick<LanguageModel, "preload">;
	/** Returns whether the settings turn preloading on. */
	readonly isWanted: () => boolean;
	readonly clock: Clock;
	readonly log: Log;
}

/**
 * Preloads the prompt while its message is being written, so that only the last words remain to be evaluated. A new
 * version of the message replaces the preloading one after a pause; showing another chat stops preloading at once.
 */
export class PromptPreloader implements Disposable {
	readonly #parts: PromptPreloaderParts;
	readonly #subscription: Disposable;
	#draft = "";
	#waiting: Disposable | undefined;
	#reading: AbortController | undefined;
	/** Whether preloading failed. It pauses until the draft changes: what ended the process once could do so again. */
	#hasFailed = false;

	constructor(parts: PromptPreloaderParts) {
		this.#parts = parts;
		this.#subscription = parts.store.onDidPublish((fact) => {
			this.#follow(fact);
		});
	}

	/** Whether a message is being written that the settings allow to preload. */
	get isPreloading(): boolean {
		return this.#parts.isWanted() && this.#message !== undefined;
	}

	/** Takes in the draft of the composer that was typed in last. */
	draftTyped(draft: string): void {
		if (draft !== this.#draft) {
			this.#draft = draft;
			this.#hasFailed = false;
			this.#changed();
		}
	}

	dispose(): void {
		this.#giveUp();
		this.#subscription.dispose();
	}

	#follow(fact: ChatFact): void {
		switch (fact.type) {
			case "attachmentsChanged":
			case "turnEnded":
			case "modelChanged":
			case "settingsChanged":
				this.#changed();
				break;
			case "chatShown":
				// Users who browse their chats do not need them preloaded.
				this.#giveUp();
				break;
			default:
		}
	}

	#changed(): void {
		if (this.isPreloading) {
			this.#readAfter(preloadDelayMs);
		} else {
			this.#giveUp();
		}
	}

	#giveUp(): void {
		this.#waiting?.dispose();
		this.#reading?.abort();
	}

	#readAfter(delayMs: number): void {
		this.#waiting?.dispose();
		this.#waiting = this.#parts.clock.after(delayMs, () => void this.#read());
	}

	/** The message that is being written; `undefined` if it is empty. */
	get #message(): StoredUserTurn | undefined {
		const text = messageIn(this.#draft);
		const attachments = this.#parts.attachments.codes;
		return text === "" && attachments.length === 0
			? undefined
			: { role: "user", id: "draft", sentAtMs: 0, text, attachments: [...attachments] };
	}

	/** The prompt if the message were sent now; `undefined` if it cannot be sent. */
	get #prompt(): readonly Message[] | undefined {
		const { store, shown } = this.#parts;
		const { model, access, queued, settings } = store.state;
		const message = this.#message;
		if (
			!message ||
			!shown.chat ||
			model.kind !== "ready" ||
			access.kind !== "open" ||
			queued !== undefined ||
			runningAnswer(store.state) ||
			this.#hasFailed
		) {
			return undefined;
		}
		const path = [...shown.chat.conversation.path(), message];
		return buildPrompt(settings.effective.systemPrompt, path).messages;
	}

	/** Never rejects. */
	async #read(): Promise<void> {
		const { store, languageModel, log } = this.#parts;
		const prompt = this.#prompt;
		if (!prompt) {
			return;
		}
		this.#reading?.abort();
		const reading = new AbortController();
		this.#reading = reading;
		try {
			const { effective, thinking } = store.state.settings;
			const options = { ...effective, thinking };
			const read = await languageModel.preload(prompt, options, reading.signal);
			if (read === undefined && !reading.signal.aborted) {
				this.#readAfter(preloadRetryMs);
			}
		} catch (error) {
			// A message that is too long is reported when it is sent.
			if (failureIn(error)?.kind !== "messageTooLong") {
				this.#hasFailed = true;
				log.warn(`preloading stops until the message changes: ${describeError(error)}`);
			}
		}
	}
}
