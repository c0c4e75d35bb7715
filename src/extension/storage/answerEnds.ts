import type { ChatRecord } from "../conversation/chatRecord";
import type { Conversation } from "../conversation/conversation";
import type { AnswerRight } from "./answerRight";
import type { JournalFile, News } from "./journal/journalFile";
import { OpenEnds } from "./openEnds";
import type { PendingRecords } from "./journal/pendingRecords";

/**
 * Keeps track of which answers in a chat have ended, from the records of other windows and from who holds the lease. A
 * window that was killed has not written the end of its answer.
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

	/** Takes in a record that this window writes. */
	wrote(record: ChatRecord): void {
		this.#open.wrote(record);
	}

	/** Takes in what other windows have written. @returns whether there was anything new */
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

	/** Checks who holds the lease. @returns whether that has changed */
	async look(): Promise<boolean> {
		const isChanged = await this.#right.look();
		if (isChanged && this.#right.isElsewhere) {
			this.#open.retract(this.#conversation);
		} else if (isChanged) {
			await this.assume();
		}
		return isChanged;
	}

	/** Marks answers without an end as interrupted. No other window may hold the lease. */
	async assume(): Promise<void> {
		// A window that just released the lease wrote the end of its answer before.
		this.hear(await this.#file.catchUp());
		this.#open.assume(this.#conversation);
	}

	/** Queues the assumed interruptions for the file, before all other pending records. */
	tell(): void {
		this.#pending.addFirst(this.#open.take());
	}

	/** A new object after the file was reread. */
	get #conversation(): Conversation {
		return this.#file.conversation;
	}
}
