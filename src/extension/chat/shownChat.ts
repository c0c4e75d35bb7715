import type { ChatId } from "../../protocol/chat/ids";
import type { ChatFact } from "../../protocol/chat/chatEvent";
import type { AttachedCode } from "../conversation/attachedCode";
import type { ChatLibrary, OpenedChat } from "../conversation/chatLibrary";
import type { Disposable } from "../base/disposableStore";
import { chatPath, type RunningAnswer } from "./chatPath";
import type { ChatStore } from "./chatStore";
import { pathDifference } from "./pathDifference";

/** Remembers which conversation a window shows, over its reload. */
export interface LastChat {
	get(): ChatId | undefined;
	set(id: ChatId | undefined): void;
}

export interface ShownChatParts {
	readonly store: ChatStore;
	/** Called once, when a conversation is needed. */
	readonly loadLibrary: () => Promise<ChatLibrary>;
	readonly lastChat: LastChat;
	/** Name of the folder that is open in the window. */
	readonly folder: () => string | null;
}

/**
 * The conversation that this window shows. Another one may be answered meanwhile: it stays in use until its answer has
 * ended.
 */
export class ShownChat implements Disposable {
	readonly #parts: ShownChatParts;
	readonly #running = new Map<OpenedChat, RunningAnswer>();
	#library: Promise<ChatLibrary> | undefined;
	#started: Promise<void> | undefined;
	#shown: { readonly chat: OpenedChat; readonly watch: Disposable } | undefined;
	/** Counts what was asked to be shown: the last request wins. */
	#requests = 0;

	constructor(parts: ShownChatParts) {
		this.#parts = parts;
	}

	/** `undefined` until `start` has settled. */
	get chat(): OpenedChat | undefined {
		return this.#shown?.chat;
	}

	/** All conversations, loaded on first use. */
	library(): Promise<ChatLibrary> {
		this.#library ??= this.#parts.loadLibrary();
		return this.#library;
	}

	/** Shows the conversation that the window showed last, or a new one. Settles at once when one is shown. */
	start(): Promise<void> {
		this.#started ??= this.#restore().catch((error: unknown) => {
			this.#started = undefined;
			throw error;
		});
		return this.#started;
	}

	/** @returns `false` if there is no such conversation. */
	async show(id: ChatId): Promise<boolean> {
		this.#requests += 1;
		const request = this.#requests;
		const inUse = [...this.#running.keys()].find(({ conversation }) => conversation.id === id);
		const shown = this.chat?.conversation.id === id ? this.chat : undefined;
		const chat = shown ?? inUse ?? (await (await this.library()).open(id));
		if (!chat) {
			return false;
		}
		if (request !== this.#requests) {
			this.#release(chat);
		} else if (chat !== this.chat) {
			this.#adopt(chat);
			this.#parts.lastChat.set(id);
		}
		return true;
	}

	/** Shows a conversation in which nothing was said yet. */
	async startNew(): Promise<void> {
		this.#requests += 1;
		const request = this.#requests;
		const library = await this.library();
		if (request === this.#requests) {
			this.#adopt(library.create(this.#parts.folder()));
			this.#parts.lastChat.set(undefined);
		}
	}

	/** Something was said: a reload of the window comes back to this conversation. */
	remember(chat: OpenedChat): void {
		if (chat === this.chat) {
			this.#parts.lastChat.set(chat.conversation.id);
		}
	}

	/** Publishes what happened in `chat`, if it is the one that is shown. */
	publish(chat: OpenedChat, fact: ChatFact): void {
		if (chat === this.chat) {
			this.#parts.store.publish(fact);
		}
	}

	/** Publishes how the tree of `chat` differs from what is shown. */
	refresh(chat: OpenedChat): void {
		if (chat !== this.chat) {
			return;
		}
		const running = this.#running.get(chat);
		const path = chatPath(chat, running);
		for (const fact of pathDifference(this.#parts.store.state, path, running?.answerId)) {
			this.#parts.store.publish(fact);
		}
	}

	/** The answer that this window generates in `chat` is so far; `undefined`: none any more. */
	setRunning(chat: OpenedChat, running: RunningAnswer | undefined): void {
		if (running) {
			this.#running.set(chat, running);
		} else {
			this.#running.delete(chat);
			this.#release(chat);
		}
	}

	/** @returns the code behind an attachment of the conversation that is shown. */
	codeOf(attachmentId: string): AttachedCode | undefined {
		for (const turn of this.chat?.conversation.path() ?? []) {
			const code =
				turn.role === "user" && turn.attachments.find(({ chip }) => chip.id === attachmentId);
			if (code) {
				return code;
			}
		}
		return this.chat?.conversation.queued?.attachments.find(({ chip }) => chip.id === attachmentId);
	}

	/** Writes what is left of every conversation in use. */
	async flush(): Promise<void> {
		await Promise.all([...this.#inUse()].map((chat) => chat.flush()));
	}

	dispose(): void {
		this.#requests += 1;
		this.#shown?.watch.dispose();
		for (const chat of this.#inUse()) {
			chat.dispose();
		}
		this.#shown = undefined;
		this.#running.clear();
		void this.#library?.then((library) => {
			library.dispose();
		});
	}

	#inUse(): ReadonlySet<OpenedChat> {
		return new Set([...this.#running.keys(), ...(this.chat ? [this.chat] : [])]);
	}

	async #restore(): Promise<void> {
		const last = this.#parts.lastChat.get();
		if (last === undefined || !(await this.show(last))) {
			await this.startNew();
		}
	}

	#adopt(chat: OpenedChat): void {
		const before = this.#shown;
		before?.watch.dispose();
		const watch = chat.onDidChange(() => {
			this.refresh(chat);
		});
		this.#shown = { chat, watch };
		const path = chatPath(chat, this.#running.get(chat));
		this.#parts.store.publish({ type: "chatShown", path });
		if (before) {
			this.#release(before.chat);
		}
	}

	/** Lets go of a conversation that is neither shown nor answered. */
	#release(chat: OpenedChat): void {
		if (chat !== this.chat && !this.#running.has(chat)) {
			chat.dispose();
		}
	}
}
