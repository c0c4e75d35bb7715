import type { ChatRecord } from "../conversation/chatRecord";
import type { Conversation } from "../conversation/conversation";
import type { AnswerRight } from "./answerRight";
import type { JournalFile, News } from "./journal/journalFile";
import { OpenEnds } from "./openEnds";
import type { PendingRecords } from "./journal/pendingRecords";

/**
 * Keeps right which answers of a conversation have ended, by what other windows write and by who has the right to
 * answer: a window that is gone wrote no end.
 */
export class AnswerEnds {
	readonly #file: JournalFile;
	readonly #pending: PendingRecords;
	readonly #right: AnswerRight;
	readonly #open = new OpenEnds();

	constructor(file: JournalFile, pending: PendingRecords, right: AnswerRight) {
		this.#file = file;
		this.#pending = pending;
		this.#right = right;
	}

	/** This window writes `record`. */
	wrote(record: ChatRecord): void {
		this.#open.wrote(record);
	}

	/** Other windows have written. @returns whether something was new. */
	hear(news: News): boolean {
		if (news === "replaced" && !this.#right.isElsewhere) {
			this.#open.assume(this.#conversation);
		}
		for (const record of typeof news === "string" ? [] : news) {
			this.#open.heard(record, this.#conversation);
		}
		const isNew = news !== "missing" && news.length > 0;
		if (isNew) {
			for (const record of this.#open.insist(this.#conversation)) {
				this.#conversation.apply(record);
				this.#pending.add(record);
			}
		}
		return isNew;
	}

	/** Looks who has the right to answer. @returns whether that has changed. */
	async look(): Promise<boolean> {
		const isChanged = await this.#right.look();
		if (isChanged && this.#right.isElsewhere) {
			this.#open.retract(this.#conversation);
		} else if (isChanged) {
			await this.assume();
		}
		return isChanged;
	}

	/** Nobody else has the right: takes what has no end for interrupted. */
	async assume(): Promise<void> {
		// Whoever has just let go of the right wrote the end before.
		this.hear(await this.#file.catchUp());
		this.#open.assume(this.#conversation);
	}

	/** Has the file told, before all that waits, what was taken for interrupted. */
	tell(): void {
		this.#pending.addFirst(this.#open.take());
	}

	/** Another one once the file was read anew. */
	get #conversation(): Conversation {
		return this.#file.conversation;
	}
}
