import type { ChatId } from "../../protocol/chat/ids";
import type { Clock } from "../base/clock";
import type { OpenedChat } from "../conversation/chatLibrary";
import type { Disposable } from "../base/disposableStore";
import type { LanguageModel } from "../inference/languageModel";
import { describeError, type Log } from "../base/log";
import type { TitleQuestion } from "./askForTitle";
import type { ChatStore } from "../chat/chatStore";
import type { ShownChat } from "../chat/shownChat";

/** How long nothing was asked of the model before it is asked for a title, in milliseconds. */
export const idleBeforeTitleMs = 5_000;

export interface TitleWriterParts {
	readonly store: ChatStore;
	readonly shown: ShownChat;
	readonly languageModel: Pick<LanguageModel, "status">;
	/** What the model has read of a message that is being written would be lost over a title. */
	readonly isPreloading: () => boolean;
	readonly clock: Clock;
	readonly log: Log;
	/** Asks the loaded model (see `askForTitle`). */
	readonly askForTitle: (
		question: TitleQuestion,
		signal: AbortSignal,
	) => Promise<string | undefined>;
}

/**
 * Has the model name conversations that nobody named, while nothing else is asked of it: once for each, and never so
 * that an answer waits for it.
 */
export class TitleWriter implements Disposable {
	readonly #parts: TitleWriterParts;
	readonly #asked = new Set<ChatId>();
	#waiting: Disposable | undefined;
	#asking: AbortController | undefined;

	constructor(parts: TitleWriterParts) {
		this.#parts = parts;
	}

	/** An answer in `chat` has ended, and no other is asked for. */
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

	/** Something is asked of the model: what is done for a title ends at once, and may be done again later. */
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
			// A prompt that ended the process could end the next one, too.
			this.#asked.add(conversation.id);
			log.warn(`no title came: ${describeError(error)}`);
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
