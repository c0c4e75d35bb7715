import type { ChatFact } from "../../protocol/chat/chatEvent";
import { answerReserve, type ContextUse } from "../../protocol/chat/contextUse";
import type { Message } from "../../protocol/inference/inference";
import type { Clock } from "../base/clock";
import type { AttachedCode } from "../conversation/attachedCode";
import type { TreeTurn } from "../conversation/treeTurn";
import type { Disposable } from "../base/disposableStore";
import type { LanguageModel } from "../inference/languageModel";
import { describeError, type Log } from "../base/log";
import type { ChatAttachments } from "../chat/chatAttachments";
import type { ChatStore } from "../chat/chatStore";
import { buildPrompt } from "./promptBuilder";
import type { ShownChat } from "../chat/shownChat";
import { splitPath, visiblePath } from "./splitPath";

/** How often a running answer is counted, in milliseconds. Each count delays the engine by a few milliseconds. */
const growingAnswerMs = 2_000;

export interface ContextMeterParts {
	readonly store: ChatStore;
	readonly shown: Pick<ShownChat, "chat">;
	readonly attachments: Pick<ChatAttachments, "codes">;
	readonly languageModel: Pick<LanguageModel, "countTokens">;
	readonly clock: Clock;
	readonly log: Log;
}

/**
 * Counts how much of the model's context the next message would use, while it is being typed.
 *
 * The conversation is counted when it changes; a keystroke only counts the draft. The counts add up to that of the whole
 * prompt, because templates put special tokens between messages, and no token spans them.
 */
export class ContextMeter implements Disposable {
	readonly #parts: ContextMeterParts;
	readonly #subscription: Disposable;
	readonly #ended = new AbortController();
	#draft = "";
	#conversation: ConversationTokens | undefined;
	#isConversationStale = true;
	#counting = false;
	#isStale = false;
	#growing: Disposable | undefined;

	constructor(parts: ContextMeterParts) {
		this.#parts = parts;
		this.#subscription = parts.store.onDidPublish((fact) => {
			this.#follow(fact);
		});
	}

	/** Takes in the draft of the composer that was typed in last. */
	draftTyped(text: string): void {
		if (text !== this.#draft) {
			this.#draft = text;
			this.#refresh();
		}
	}

	dispose(): void {
		this.#ended.abort();
		this.#growing?.dispose();
		this.#subscription.dispose();
	}

	#follow(fact: ChatFact): void {
		switch (fact.type) {
			case "textAppended":
				this.#growing ??= this.#parts.clock.after(growingAnswerMs, () => {
					this.#growing = undefined;
					this.#isConversationStale = true;
					this.#refresh();
				});
				break;
			case "attachmentsChanged":
				this.#refresh();
				break;
			case "chatShown":
			case "turnStarted":
			case "pathChanged":
			case "answerContinued":
			case "turnEnded":
			case "contextTrimmed":
			case "modelChanged":
			case "settingsChanged":
				this.#growing?.dispose();
				this.#growing = undefined;
				this.#isConversationStale = true;
				this.#refresh();
				break;
			default:
		}
	}

	/** Counts one state at a time. Changes during a count are counted after it. */
	#refresh(): void {
		this.#isStale = true;
		if (!this.#counting) {
			this.#counting = true;
			void this.#countUntilFresh();
		}
	}

	/** Never rejects. */
	async #countUntilFresh(): Promise<void> {
		// Deferred, because listeners of the store must not publish.
		await Promise.resolve();
		while (this.#isStale && !this.#ended.signal.aborted) {
			this.#isStale = false;
			try {
				this.#publish(await this.#count());
			} catch (error) {
				this.#parts.log.warn(`the context could not be counted: ${describeError(error)}`);
			}
		}
		this.#counting = false;
	}

	#publish(contextUse: ContextUse | undefined): void {
		const { store } = this.#parts;
		if (
			!this.#ended.signal.aborted &&
			JSON.stringify(contextUse) !== JSON.stringify(store.state.contextUse)
		) {
			store.publish({ type: "contextCounted", contextUse });
		}
	}

	async #count(): Promise<ContextUse | undefined> {
		const { store, shown, attachments } = this.#parts;
		const { model, settings, visibleFrom } = store.state;
		const { chat } = shown;
		if (model.kind !== "ready" || !chat) {
			return undefined;
		}
		const { systemPrompt, maxTokens } = settings.effective;
		const { contextTokens, trainedContextTokens } = model.info;
		const path = visiblePath(chat.conversation.path(), visibleFrom);
		if (this.#isConversationStale) {
			this.#isConversationStale = false;
			this.#conversation = await this.#countConversation(systemPrompt, path);
		}
		const { open } = splitPath(path);
		const message = await this.#countMessage(systemPrompt, open, attachments.codes);
		const conversation = this.#conversation;
		if (!conversation || !message) {
			return undefined;
		}
		return {
			contextTokens,
			trainedContextTokens,
			...conversation,
			...message,
			reserveTokens: answerReserve(maxTokens, contextTokens),
		};
	}

	async #countConversation(
		systemPrompt: string,
		path: readonly TreeTurn[],
	): Promise<ConversationTokens | undefined> {
		const { closed, open, growing } = splitPath(path);
		const messagesOf = (turns: readonly TreeTurn[]): readonly Message[] =>
			buildPrompt(systemPrompt, turns).messages;
		const unwritten = messagesOf([messageOf("", [])]);
		const counts = await this.#tokens([
			messagesOf([]),
			unwritten,
			messagesOf([...closed, ...open, messageOf("", [])]),
			growing === "" ? unwritten : [...unwritten, { role: "assistant", text: growing }],
		]);
		if (!counts) {
			return undefined;
		}
		const [system = 0, empty = 0, all = 0, grown = 0] = counts;
		return { systemTokens: system, historyTokens: all - empty + (grown - empty) };
	}

	async #countMessage(
		systemPrompt: string,
		open: readonly TreeTurn[],
		codes: readonly AttachedCode[],
	): Promise<MessageTokens | undefined> {
		const draftLength = this.#draft.length;
		const draft = this.#draft.trim() === "" ? "" : this.#draft;
		if (draft === "" && codes.length === 0) {
			return {
				attachmentTokens: 0,
				draftTokens: 0,
				draftLength,
				longestAttachmentId: undefined,
			};
		}
		const messagesOf = (...message: readonly TreeTurn[]): readonly Message[] =>
			buildPrompt(systemPrompt, [...open, ...message]).messages;
		const counts = await this.#tokens([
			messagesOf(),
			messagesOf(messageOf("", [])),
			messagesOf(messageOf("", codes)),
			messagesOf(messageOf(draft, codes)),
		]);
		if (!counts) {
			return undefined;
		}
		const [without = 0, empty = 0, code = 0, whole = 0] = counts;
		return {
			attachmentTokens: code - empty,
			draftTokens: whole - code + (empty - without),
			draftLength,
			longestAttachmentId: codes.toSorted((a, b) => b.code.length - a.code.length)[0]?.chip.id,
		};
	}

	#tokens(conversations: readonly (readonly Message[])[]) {
		const { thinking } = this.#parts.store.state.settings;
		return this.#parts.languageModel.countTokens(conversations, { thinking }, this.#ended.signal);
	}
}

type ConversationTokens = Pick<ContextUse, "systemTokens" | "historyTokens">;
type MessageTokens = Pick<
	ContextUse,
	"attachmentTokens" | "draftTokens" | "draftLength" | "longestAttachmentId"
>;

/** Returns the message that is being written, as a turn. */
function messageOf(text: string, codes: readonly AttachedCode[]): TreeTurn {
	return { role: "user", id: "draft", sentAtMs: 0, text, attachments: [...codes] };
}
