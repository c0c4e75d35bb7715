import type { ChatId } from "../../protocol/chat/ids";
import type { Clock } from "../base/clock";
import type { OpenedChat } from "../conversation/chatLibrary";
import type { Disposable } from "../base/disposableStore";
import type { LanguageModel } from "../inference/languageModel";
import { describeError, type Log } from "../base/log";
import type { TitleQuestion } from "./askForTitle";
import type { ChatStore } from "../chat/chatStore";
import type { ShownChat } from "../chat/shownChat";

/** How long the model must be idle before it is asked for a title, in milliseconds. */
export const idleBeforeTitleMs = 5_000;

export interface TitleWriterParts {
	readonly store: ChatStore;
	readonly shown: ShownChat;
	readonly languageModel: Pick<LanguageModel, "status">;
	/** Returns whether a prompt is being preloaded, which a title would discard. */
	readonly isPreloading: () => boolean;
	readonly clock: Clock;
	readonly log: Log;
	/** Asks the loaded model for a title (see `askForTitle`). */
	readonly askForTitle: (
		question: TitleQuestion,
		signal: AbortSignal,
	) => Promise<string | undefined>;
}

/**
 * Asks the model for titles of untitled chats while it is idle: once for each chat, and without delaying an answer.
 */
export class TitleWriter implements Disposable {
	readonly #parts: TitleWriterParts;
	readonly #asked = new Set<ChatId>();
	#waiting: Disposable | undefined;
	#asking: AbortController | undefined;

	constructor(parts: TitleWriterParts) {
		this.#parts = parts;
	}

	/** Starts waiting to name `chat`, because its answer has ended and no other is running. */
	modelIsFree(chat: OpenedChat): void {
		this.giveWay();
		this.#waiting = this.#parts.clock.after(idleBeforeTitleMs, () => {
			if (this.#parts.isPreloading()) {
				this.modelIsFree(chat);
			} else {
				void this.#name(chat);
			}
		});
	}

	/** Stops the request for a title at once, because the model is needed. It may be repeated later. */
	giveWay(): void {
		this.#waiting?.dispose();
		this.#waiting = undefined;
		this.#asking?.abort();
		this.#asking = undefined;
	}

	dispose(): void {
		this.giveWay();
	}

	/** Never rejects. */
	async #name(chat: OpenedChat): Promise<void> {
		const { store, shown, log, askForTitle } = this.#parts;
		const { conversation } = chat;
		if (!this.#canName(chat) || this.#asked.has(conversation.id)) {
			return;
		}
		const asking = new AbortController();
		this.#asking = asking;
		const { thinking, effective } = store.state.settings;
		const { systemPrompt } = effective;
		try {
			const text = await askForTitle(
				{ systemPrompt, thinking, path: conversation.path() },
				asking.signal,
			);
			if (asking.signal.aborted) {
				return;
			}
			this.#asked.add(conversation.id);
			if (text !== undefined && this.#canName(chat)) {
				chat.write([{ type: "title", text, by: "model" }], "now");
				shown.refresh(chat);
			}
		} catch (error) {
			// A prompt that ended the process could do so again.
			this.#asked.add(conversation.id);
			log.warn(`no title was generated: ${describeError(error)}`);
		}
	}

	#canName(chat: OpenedChat): boolean {
		const { shown, languageModel } = this.#parts;
		const { conversation, fileState } = chat;
		const last = conversation.path().at(-1);
		return (
			chat === shown.chat &&
			languageModel.status.kind === "ready" &&
			fileState.newerVersion === undefined &&
			conversation.givenTitle === undefined &&
			last?.role === "assistant" &&
			last.outcome?.kind === "complete"
		);
	}
}
