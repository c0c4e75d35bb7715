import type { ChatId } from "../../../src/protocol/chat/ids";
import type {
	AnswerLease,
	ChatFileState,
	OpenedChat,
} from "../../../src/extension/conversation/chatLibrary";
import type { ChatHeader, ChatRecord } from "../../../src/extension/conversation/chatRecord";
import { Conversation } from "../../../src/extension/conversation/conversation";
import { Emitter } from "../../../src/extension/base/emitter";

/** The content of a chat's file, and the window that uses it. */
export interface ShelvedChat {
	readonly header: ChatHeader;
	records: ChatRecord[];
	updatedAtMs: number;
	deletedAtMs: number | undefined;
	newerVersion: number | undefined;
	damage: ChatFileState["damage"];
	answeredBy: MemoryOpenedChat | undefined;
	readonly inUse: Set<MemoryOpenedChat>;
}

/** The disk that libraries in memory share. Two libraries on one shelf are two windows on one store. */
export class MemoryShelf {
	readonly chats = new Map<ChatId, ShelvedChat>();
	readonly changes = new Emitter<undefined>();
	readonly inUse = new Set<MemoryOpenedChat>();
	/** Names of unreadable files. */
	readonly unreadable: string[] = [];
	readonly nowMs: () => number;
	#writeFailure: string | undefined;

	constructor(nowMs: () => number = Date.now) {
		this.nowMs = nowMs;
	}

	/** The system's error code for failing writes; `undefined` while writes succeed. */
	get writeFailure(): string | undefined {
		return this.#writeFailure;
	}

	/** Makes every write fail with `code`. With `undefined`, writes succeed again, and pending records are written. */
	failWrites(code: string | undefined): void {
		this.#writeFailure = code;
		for (const opened of [...this.inUse]) {
			opened.retry();
		}
	}

	/** Makes the chat's file look as if a newer version of the extension had written it, or as if it were damaged. */
	mark(id: ChatId, state: Partial<Pick<ShelvedChat, "newerVersion" | "damage">>): void {
		const chat = this.chats.get(id);
		if (!chat) {
			throw new Error(`There is no conversation ${id}`);
		}
		Object.assign(chat, state);
		for (const opened of chat.inUse) {
			opened.changed();
		}
	}

	/** Applies a write to the stored chat, if writes succeed. */
	put(chat: ShelvedChat, records: readonly ChatRecord[], by?: MemoryOpenedChat): void {
		chat.records.push(...records);
		if (records.some(({ type }) => type !== "title" && type !== "pinned" && type !== "head")) {
			chat.updatedAtMs = this.nowMs();
		}
		chat.deletedAtMs = undefined;
		this.chats.set(chat.header.id, chat);
		for (const opened of chat.inUse) {
			if (opened !== by) {
				opened.applyForeign(records);
			}
		}
		this.changes.fire(undefined);
	}
}

/** A chat in use. */
export class MemoryOpenedChat implements OpenedChat {
	readonly conversation: Conversation;
	readonly onDidChange: OpenedChat["onDidChange"];
	readonly #shelf: MemoryShelf;
	readonly #chat: ShelvedChat;
	readonly #changes = new Emitter<undefined>();
	#waiting: ChatRecord[] = [];
	#leaseOver: Promise<void> = Promise.resolve();
	#notSaved: string | undefined;

	constructor(shelf: MemoryShelf, chat: ShelvedChat) {
		this.#shelf = shelf;
		this.#chat = chat;
		this.conversation = conversationOf(chat);
		const changes = this.#changes;
		this.onDidChange = (listener) =>
			changes.event(() => {
				listener();
			});
		chat.inUse.add(this);
		shelf.inUse.add(this);
	}

	get fileState(): ChatFileState {
		const { newerVersion, damage, answeredBy } = this.#chat;
		return {
			newerVersion,
			damage,
			notSaved: this.#notSaved,
			answeredElsewhere: answeredBy !== undefined && answeredBy !== this,
		};
	}

	write(records: readonly ChatRecord[]): void {
		if (this.#chat.newerVersion !== undefined) {
			throw new Error("A conversation of a newer version is only read");
		}
		for (const record of records) {
			this.conversation.apply(record);
		}
		// A copy, as a file is: an answer grows in the conversation's own object.
		this.#waiting.push(...structuredClone(records));
		this.retry();
	}

	flush(): Promise<void> {
		this.retry();
		return Promise.resolve();
	}

	async beginAnswer(): Promise<AnswerLease | undefined> {
		const earlier = this.#leaseOver;
		let end = (): void => undefined;
		this.#leaseOver = new Promise((resolve) => {
			end = resolve;
		});
		await earlier;
		if (this.#chat.answeredBy) {
			end();
			return undefined;
		}
		this.#chat.answeredBy = this;
		this.#tellOthers();
		let isOver = false;
		return {
			dispose: () => {
				if (!isOver) {
					isOver = true;
					this.#chat.answeredBy = undefined;
					this.#tellOthers();
					end();
				}
			},
		};
	}

	dispose(): void {
		this.retry();
		this.#chat.inUse.delete(this);
		this.#shelf.inUse.delete(this);
	}

	/** Writes pending records, or reports why it cannot. */
	retry(): void {
		const before = this.#notSaved;
		this.#notSaved = this.#waiting.length > 0 ? this.#shelf.writeFailure : undefined;
		if (this.#notSaved === undefined && this.#waiting.length > 0) {
			this.#shelf.put(this.#chat, this.#waiting.splice(0), this);
		}
		if (this.#notSaved !== before) {
			this.changed();
		}
	}

	applyForeign(records: readonly ChatRecord[]): void {
		for (const record of structuredClone(records)) {
			this.conversation.apply(record);
		}
		this.changed();
	}

	changed(): void {
		this.#changes.fire(undefined);
	}

	#tellOthers(): void {
		for (const opened of this.#chat.inUse) {
			if (opened !== this) {
				opened.changed();
			}
		}
	}
}

export function newChat(header: ChatHeader): ShelvedChat {
	return {
		header,
		records: [],
		updatedAtMs: header.createdAtMs,
		deletedAtMs: undefined,
		newerVersion: undefined,
		damage: undefined,
		answeredBy: undefined,
		inUse: new Set(),
	};
}

export function conversationOf(chat: ShelvedChat): Conversation {
	const conversation = new Conversation(chat.header);
	for (const record of structuredClone(chat.records)) {
		conversation.apply(record);
	}
	return conversation;
}
