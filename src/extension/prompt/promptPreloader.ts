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

/** How long nothing new comes before it is read, in milliseconds. */
export const preloadDelayMs = 150;

/** After how many milliseconds a model that was at work is asked again. */
export const preloadRetryMs = 1_000;

export interface PromptPreloaderParts {
	readonly store: ChatStore;
	readonly shown: Pick<ShownChat, "chat">;
	readonly attachments: Pick<ChatAttachments, "codes">;
	readonly languageModel: Pick<LanguageModel, "preload">;
	/** As the settings have it. */
	readonly isWanted: () => boolean;
	readonly clock: Clock;
	readonly log: Log;
}

/**
 * Has the model read a message with its code while it is written, so that the answer waits for the last words only.
 * What is being read is given up for the next version of it when that is complete, and at once for another conversation.
 */
export class PromptPreloader implements Disposable {
	readonly #parts: PromptPreloaderParts;
	readonly #subscription: Disposable;
	#draft = "";
	#waiting: Disposable | undefined;
	#reading: AbortController | undefined;
	/** It failed, or the process died of it: what ended one could end the next one, too. */
	#hasFailed = false;

	constructor(parts: PromptPreloaderParts) {
		this.#parts = parts;
		this.#subscription = parts.store.onDidPublish((fact) => {
			this.#follow(fact);
		});
	}

	/** A message is being written that the model reads. */
	get isPreloading(): boolean {
		return this.#parts.isWanted() && this.#message !== undefined;
	}

	/** Hears what lies in the composer that was typed in last. */
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
				// Whoever leafs through conversations has none of them read.
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

	/** The message that is being written; `undefined` while there is none. */
	get #message(): StoredUserTurn | undefined {
		const text = messageIn(this.#draft);
		const attachments = this.#parts.attachments.codes;
		return text === "" && attachments.length === 0
			? undefined
			: { role: "user", id: "draft", sentAtMs: 0, text, attachments: [...attachments] };
	}

	/** What the model would be asked if the message were sent now; `undefined` where that cannot be. */
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
			// Whoever sends what is too long is told.
			if (failureIn(error)?.kind !== "messageTooLong") {
				this.#hasFailed = true;
				log.warn(`nothing is read ahead before the message changes: ${describeError(error)}`);
			}
		}
	}
}
