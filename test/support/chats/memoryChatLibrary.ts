import { randomUUID } from "node:crypto";
import type {
	ChatHit,
	ChatLibrary,
	ChatList,
	ChatSummary,
	OpenedChat,
} from "../../../src/extension/conversation/chatLibrary";
import { chatFormatVersion, type ChatRecord } from "../../../src/extension/conversation/chatRecord";
import type { Conversation } from "../../../src/extension/conversation/conversation";
import { titleOf } from "../../../src/extension/conversation/title";
import type { Disposable } from "../../../src/extension/base/disposableStore";
import type { ChatId } from "../../../src/protocol/chat/ids";
import { conversationRecords } from "./conversationRecords";
import {
	conversationOf,
	MemoryOpenedChat,
	MemoryShelf,
	newChat,
	type ShelvedChat,
} from "./memoryShelf";

/** A library of chats in memory that keeps the promises of `ChatLibrary`. Its shelf can be made to fail. */
export class MemoryChatLibrary implements ChatLibrary {
	readonly shelf: MemoryShelf;
	readonly onDidChange: (listener: () => void) => Disposable;
	readonly #opened = new Set<MemoryOpenedChat>();

	constructor(shelf = new MemoryShelf()) {
		this.shelf = shelf;
		this.onDidChange = (listener) =>
			shelf.changes.event(() => {
				listener();
			});
	}

	create(folder: string | null): OpenedChat {
		return this.#use(
			newChat({
				format: "local-llm-chat",
				version: chatFormatVersion,
				id: randomUUID(),
				createdAtMs: this.shelf.nowMs(),
				folder,
			}),
		);
	}

	open(id: ChatId): Promise<OpenedChat | undefined> {
		const chat = this.#find(id);
		return Promise.resolve(chat && this.#use(chat));
	}

	list(): Promise<ChatList> {
		const all = [...this.shelf.chats.values()].map(summary);
		return Promise.resolve({
			chats: all
				.filter(({ deletedAtMs }) => deletedAtMs === undefined)
				.sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.updatedAtMs - a.updatedAtMs),
			deleted: all
				.filter(({ deletedAtMs }) => deletedAtMs !== undefined)
				.sort((a, b) => (b.deletedAtMs ?? 0) - (a.deletedAtMs ?? 0)),
			totalBytes: all.reduce((bytes, { fileBytes }) => bytes + fileBytes, 0),
			freeBytes: 1_000_000_000,
			unreadable: [...this.shelf.unreadable],
			reasons: new Map(),
		});
	}

	async search(text: string, onHit: (hit: ChatHit) => void, signal: AbortSignal): Promise<void> {
		for (const { id } of (await this.list()).chats) {
			if (signal.aborted) {
				return;
			}
			const chat = this.#find(id);
			for (const { turn } of chat ? conversationOf(chat).turns() : []) {
				const said = turn.role === "user" ? turn.text : `${turn.thought}\n${turn.reply}`;
				const at = said.toLowerCase().indexOf(text.toLowerCase());
				if (at >= 0) {
					const excerpt = said.slice(Math.max(0, at - 30), at + text.length + 30);
					onHit({ id, turnId: turn.id, excerpt: excerpt.replace(/\s+/g, " ") });
					break;
				}
			}
		}
	}

	async change(id: ChatId, records: readonly ChatRecord[]): Promise<void> {
		const chat = this.#find(id);
		await this.#mayWrite();
		if (chat?.newerVersion !== undefined) {
			throw Object.assign(new Error("newer version"), { code: "newerVersion" });
		}
		if (chat) {
			this.shelf.put(chat, structuredClone(records));
		}
	}

	async delete(id: ChatId): Promise<void> {
		const chat = this.#find(id);
		await this.#mayWrite();
		if (chat) {
			chat.deletedAtMs = this.shelf.nowMs();
			this.shelf.changes.fire(undefined);
		}
	}

	async restore(id: ChatId): Promise<boolean> {
		const chat = this.shelf.chats.get(id);
		await this.#mayWrite();
		if (chat) {
			chat.deletedAtMs = undefined;
			this.shelf.changes.fire(undefined);
		}
		return chat !== undefined;
	}

	async deletePermanently(id: ChatId): Promise<void> {
		await this.#mayWrite();
		if (this.shelf.chats.get(id)?.deletedAtMs !== undefined) {
			this.shelf.chats.delete(id);
			this.shelf.changes.fire(undefined);
		}
	}

	async emptyDeleted(): Promise<void> {
		for (const { id } of (await this.list()).deleted) {
			await this.deletePermanently(id);
		}
	}

	async add(conversations: readonly Conversation[]): Promise<readonly ChatId[]> {
		await this.#mayWrite();
		return conversations.map((conversation) => {
			const chat = newChat({ ...conversation.header, id: randomUUID() });
			this.shelf.put(chat, structuredClone(conversationRecords(conversation)));
			chat.updatedAtMs = Math.max(chat.header.createdAtMs, ...turnTimesMs(conversation));
			return chat.header.id;
		});
	}

	/** Closes all open chats, which writes what is pending. */
	dispose(): void {
		for (const opened of this.#opened) {
			opened.dispose();
		}
	}

	#find(id: ChatId): ShelvedChat | undefined {
		const chat = this.shelf.chats.get(id);
		return chat?.deletedAtMs === undefined ? chat : undefined;
	}

	#use(chat: ShelvedChat): OpenedChat {
		const opened = new MemoryOpenedChat(this.shelf, chat);
		this.#opened.add(opened);
		return opened;
	}

	/** Rejects as the system does while writes fail. */
	#mayWrite(): Promise<void> {
		const code = this.shelf.writeFailure;
		return code === undefined
			? Promise.resolve()
			: Promise.reject(Object.assign(new Error(`${code}: the shelf cannot be written`), { code }));
	}
}

function turnTimesMs(conversation: Conversation): number[] {
	return [...conversation.turns()].map(({ turn }) =>
		turn.role === "user" ? turn.sentAtMs : turn.startedAtMs,
	);
}

function summary(chat: ShelvedChat): ChatSummary {
	const conversation = conversationOf(chat);
	const { header, records, updatedAtMs, deletedAtMs } = chat;
	return {
		id: header.id,
		title: titleOf(conversation) || "Chat",
		createdAtMs: header.createdAtMs,
		updatedAtMs,
		folder: header.folder,
		pinned: conversation.pinned,
		fileBytes: Buffer.byteLength(
			[header, ...records].map((line) => JSON.stringify(line)).join("\n"),
		),
		deletedAtMs,
	};
}
