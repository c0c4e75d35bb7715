import type { ChatId } from "../../protocol/chat/ids";
import type { ChatFact } from "../../protocol/chat/chatEvent";
import type { AttachedCode } from "../conversation/attachedCode";
import type { ChatLibrary, OpenedChat } from "../conversation/chatLibrary";
import type { Disposable } from "../base/disposableStore";
import { chatPath, type RunningAnswer } from "./chatPath";
import type { ChatStore } from "./chatStore";
import { pathDifference } from "./pathDifference";

/** Remembers which chat a window shows when the window reloads. */
export interface LastChat {
	get(): ChatId | undefined;
	set(id: ChatId | undefined): void;
}

export interface ShownChatParts {
	readonly store: ChatStore;
	/** Called once, when a chat is needed. */
	readonly loadLibrary: () => Promise<ChatLibrary>;
	readonly lastChat: LastChat;
	/** Returns the name of the folder that is open in the window. */
	readonly folder: () => string | null;
}

/**
 * The chat that this window shows. Chats with a running answer stay in use, shown or not, until the answer ends.
 */
export class ShownChat implements Disposable {
	readonly #parts: ShownChatParts;
	readonly #running = new Map<OpenedChat, RunningAnswer>();
	#library: Promise<ChatLibrary> | undefined;
	#started: Promise<void> | undefined;
	#shown: { readonly chat: OpenedChat; readonly watch: Disposable } | undefined;
	/** The number of requests to show a chat. The last request wins. */
	#requests = 0;

	constructor(parts: ShownChatParts) {
		this.#parts = parts;
	}

	/** `undefined` until `start` has resolved. */
	get chat(): OpenedChat | undefined {
		return this.#shown?.chat;
	}

	/** Returns the library of all chats, which is loaded on first use. */
	library(): Promise<ChatLibrary> {
		this.#library ??= this.#parts.loadLibrary();
		return this.#library;
	}

	/** Shows the chat that the window showed last, or a new one. Further calls return the same promise, unless it rejected. */
	start(): Promise<void> {
		this.#started ??= this.#restore().catch((error: unknown) => {
			this.#started = undefined;
			throw error;
		});
		return this.#started;
	}

	/** Shows a chat. @returns `false` if it cannot be opened */
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

	/** Shows a new chat. */
	async startNew(): Promise<void> {
		this.#requests += 1;
		const request = this.#requests;
		const library = await this.library();
		if (request === this.#requests) {
			this.#adopt(library.create(this.#parts.folder()));
			this.#parts.lastChat.set(undefined);
		}
	}

	/** Makes a reload of the window return to `chat`, if it is shown. */
	remember(chat: OpenedChat): void {
		if (chat === this.chat) {
			this.#parts.lastChat.set(chat.conversation.id);
		}
	}

	/** Publishes a fact about `chat`, if it is shown. */
	publish(chat: OpenedChat, fact: ChatFact): void {
		if (chat === this.chat) {
			this.#parts.store.publish(fact);
		}
	}

	/** Publishes the changes of `chat` that views lack, if it is shown. */
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

	/** Sets the answer that this window generates in `chat`; `undefined` after its end. */
	setRunning(chat: OpenedChat, running: RunningAnswer | undefined): void {
		if (running) {
			this.#running.set(chat, running);
		} else {
			this.#running.delete(chat);
			this.#release(chat);
		}
	}

	/** Returns the code of an attachment in the shown chat. */
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

	/** Saves all chats in use. */
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

	/** Disposes a chat that is neither shown nor running an answer. */
	#release(chat: OpenedChat): void {
		if (chat !== this.chat && !this.#running.has(chat)) {
			chat.dispose();
		}
	}
}
