import type { ChatId } from "../../protocol/chat/ids";
import type { Clock } from "../base/clock";
import type { Disposable } from "../base/disposableStore";
import { Emitter } from "../base/emitter";
import type { Log } from "../base/log";
import { journalOf, leaseOf } from "./chatPaths";
import { FileChat } from "./fileChat";
import { codeOf } from "./files/fileSystem";
import { FolderWatch } from "./files/folderWatch";
import type { StoreParts } from "./storeParts";
import { readJournal, type ReadFile } from "./journal/journalReader";

/** How long changes are collected before listeners are called once, in milliseconds. */
const tellMs = 200;

export interface ChatsInUseParts extends StoreParts {
	readonly clock: Clock;
	readonly log: Log;
}

/** The chats that this window has open, kept in sync with the chats folder. Also reports changes of the folder. */
export class ChatsInUse implements Disposable {
	readonly #parts: ChatsInUseParts;
	readonly #chats = new Set<FileChat>();
	readonly #changes = new Emitter<undefined>();
	readonly #watch: FolderWatch;
	#tell: Disposable | undefined;
	#names: string | undefined;
	#listeners = 0;

	constructor(parts: ChatsInUseParts) {
		this.#parts = parts;
		this.#watch = new FolderWatch(parts.paths.folder, parts.clock, {
			onFile: (name) => {
				this.#hear(name);
			},
			onPoll: () => void this.#look(),
		});
	}

	add(id: ChatId, read: Pick<ReadFile, "journal"> & Partial<ReadFile>): FileChat {
		const watching = this.#watch.use();
		const onEnded = (): void => {
			watching.dispose();
			this.#chats.delete(chat);
		};
		const onSaved = (): void => {
			this.#watch.tryAgain();
		};
		const chat = new FileChat({ ...this.#parts, onSaved, onEnded }, id, read);
		this.#chats.add(chat);
		return chat;
	}

	/** Opens a chat. @returns `undefined` if it does not exist or cannot be read */
	async open(id: ChatId): Promise<FileChat | undefined> {
		// A closed chat with unsaved records is used again.
		const closing = [...this.#chats].find((chat) => chat.isDisposed && chat.conversation.id === id);
		await closing?.flush();
		if (closing?.revive()) {
			return closing;
		}
		// Otherwise the new object would take this window's own lock for that of another window.
		await closing?.whenReleased;
		const { fileSystem, paths, migrations, log } = this.#parts;
		const read = await readJournal(fileSystem, paths.journal(id), id, migrations).catch(
			(error: unknown) => {
				log.warn(`a chat cannot be read: ${codeOf(error)}`);
			},
		);
		if (!read?.journal.isReadable) {
			return undefined;
		}
		const chat = this.add(id, read);
		await chat.prepare();
		return chat;
	}

	/** Returns the chat, if it is in use. */
	find(id: ChatId): FileChat | undefined {
		return [...this.#chats].find((chat) => !chat.isDisposed && chat.conversation.id === id);
	}

	/** Calls the listener after any window added, changed, or removed a chat. */
	onDidChangeFolder(listener: () => void): Disposable {
		const watching = this.#watch.use();
		const listening = this.#changes.event(listener);
		this.#listeners += 1;
		void this.#readNames().then((names) => (this.#names ??= names));
		return {
			dispose: () => {
				listening.dispose();
				watching.dispose();
				this.#listeners -= 1;
			},
		};
	}

	/** Saves and closes all chats in use. */
	dispose(): void {
		this.#tell?.dispose();
		this.#watch.dispose();
		for (const chat of this.#chats) {
			chat.dispose();
			void chat.flush().then(() => {
				chat.abandon();
			});
		}
	}

	#hear(name: string): void {
		const changed = journalOf(name);
		const id = changed ?? leaseOf(name);
		for (const chat of this.#chats) {
			if (chat.conversation.id === id) {
				void chat.refresh();
			}
		}
		if (changed !== undefined) {
			this.#tell ??= this.#parts.clock.after(tellMs, () => {
				this.#tell = undefined;
				this.#changes.fire(undefined);
			});
		}
	}

	async #look(): Promise<void> {
		for (const chat of this.#chats) {
			void chat.refresh();
		}
		if (this.#listeners > 0) {
			const names = await this.#readNames();
			if (names !== this.#names) {
				this.#names = names;
				this.#changes.fire(undefined);
			}
		}
	}

	/** Returns the names of all journals, for comparison. */
	async #readNames(): Promise<string> {
		const { fileSystem, paths } = this.#parts;
		const names = await fileSystem.readdir(paths.folder).catch(() => []);
		return names
			.filter((name) => journalOf(name) !== undefined)
			.sort()
			.join("\n");
	}
}
