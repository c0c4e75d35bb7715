import type {
	AnswerLease,
	ChatFileState,
	OpenedChat,
	WriteUrgency,
} from "../conversation/chatLibrary";
import type { ChatRecord } from "../conversation/chatRecord";
import type { Conversation } from "../conversation/conversation";
import type { Disposable } from "../base/disposableStore";
import { Emitter } from "../base/emitter";
import { describeError } from "../base/log";
import { AnswerEnds } from "./answerEnds";
import { AnswerRight } from "./answerRight";
import { DamageReport, type DamageParts } from "./journal/damagedFiles";
import { codeOf, makeFolder } from "./files/fileSystem";
import { JournalFile } from "./journal/journalFile";
import type { ReadFile } from "./journal/journalReader";
import { PendingRecords } from "./journal/pendingRecords";

/** How long text of a running answer waits for more, in milliseconds. It must be in the file within half a second. */
const soonMs = 200;
const retryMs = 3000;

export interface FileChatParts extends DamageParts {
	/** Called after every write. */
	readonly onSaved: () => void;
	/** Called after disposal, once all records are saved and the lease is released. */
	readonly onEnded: () => void;
}

/** A chat in use, with its file. */
export class FileChat implements OpenedChat {
	readonly #parts: FileChatParts;
	readonly #pending = new PendingRecords();
	readonly #file: JournalFile;
	readonly #right: AnswerRight;
	readonly #damage: DamageReport;
	readonly #ends: AnswerEnds;
	readonly #changes = new Emitter<undefined>();
	#work: Promise<void> = Promise.resolve();
	#refreshed: Promise<void> | undefined;
	#soon: Disposable | undefined;
	#retry: Disposable | undefined;
	#isDurable = false;
	#notSaved: string | undefined;
	#isDisposed = false;
	/** Whether it is disposed and all records are saved. */
	#isEnded = false;

	constructor(
		parts: FileChatParts,
		id: string,
		read: Pick<ReadFile, "journal"> & Partial<ReadFile>,
	) {
		this.#parts = parts;
		this.#file = new JournalFile(parts, id, this.#pending, read);
		this.#damage = new DamageReport(parts, id);
		this.#right = new AnswerRight(parts, parts.paths.lease(id), () => void this.refresh());
		this.#ends = new AnswerEnds(this.#file, this.#pending, this.#right);
	}

	get conversation(): Conversation {
		return this.#file.conversation;
	}

	get fileState(): ChatFileState {
		return {
			newerVersion: this.#file.newerVersion,
			damage: this.#damage.damage,
			notSaved: this.#notSaved,
			answeredElsewhere: this.#right.isElsewhere,
		};
	}

	get isDisposed(): boolean {
		return this.#isDisposed;
	}

	/** Resolves when all leases requested so far are released. Never rejects. */
	get whenReleased(): Promise<void> {
		return this.#right.whenOver;
	}

	/** Finds interrupted answers, reports damage, and compacts the file. Call it once, before any other use. Never rejects. */
	prepare(): Promise<void> {
		return this.#alone("a chat was not prepared", async () => {
			if (!(await this.#ends.look())) {
				await this.#ends.assume();
			}
			await this.#damage.note(this.#file.lostRecords);
			await this.#file.compact(this.#damage.isKept, async () => {
				await this.#right.look();
				return this.#right.isElsewhere;
			});
		});
	}

	write(records: readonly ChatRecord[], urgency: WriteUrgency): void {
		if (this.#file.newerVersion !== undefined) {
			throw new Error("A chat of a newer version is read-only");
		}
		for (const record of records) {
			this.conversation.apply(record);
			this.#pending.add(record);
			this.#ends.wrote(record);
		}
		this.#isDurable ||= urgency === "durable";
		if (urgency === "soon" && !this.#isDisposed) {
			this.#saveSoon();
		} else {
			void this.#save();
		}
	}

	flush(): Promise<void> {
		return this.#save();
	}

	async beginAnswer(): Promise<AnswerLease | undefined> {
		await makeFolder(this.#parts.fileSystem, this.#parts.paths.folder).catch(() => undefined);
		const lease = await this.#right.take(() => this.#save());
		// With the lease, to see all earlier messages; without it, to see who answers.
		await this.refresh();
		return lease;
	}

	onDidChange(listener: () => void): Disposable {
		return this.#changes.event(listener);
	}

	/** Takes in the changes of other windows. Never rejects. */
	refresh(): Promise<void> {
		this.#refreshed ??= this.#alone("a chat was not read", async () => {
			this.#refreshed = undefined;
			if (this.#isEnded) {
				return;
			}
			const isChanged = this.#ends.hear(await this.#file.catchUp());
			if (!this.#pending.isEmpty && this.#retry === undefined) {
				this.#saveSoon();
			}
			if ((await this.#ends.look()) || isChanged) {
				await this.#damage.note(this.#file.lostRecords);
				this.#changes.fire(undefined);
			}
		});
		return this.#refreshed;
	}

	dispose(): void {
		if (!this.#isDisposed) {
			this.#isDisposed = true;
			void this.#save();
		}
	}

	/** Undoes a disposal. @returns `false` if it is too late, because everything has been saved */
	revive(): boolean {
		this.#isDisposed &&= this.#isEnded;
		return !this.#isEnded;
	}

	/** Ends the use of the chat, even if records are unsaved. */
	abandon(): void {
		this.#isDisposed = true;
		this.#end();
	}

	#saveSoon(): void {
		this.#soon ??= this.#parts.clock.after(soonMs, () => void this.#save());
	}

	#save(): Promise<void> {
		this.#soon?.dispose();
		this.#soon = undefined;
		return this.#alone("a chat was not saved", async () => {
			if (!this.#pending.isEmpty && !this.#isEnded) {
				await this.#append();
			}
			if (this.#isDisposed && this.#pending.isEmpty) {
				this.#end();
			}
		});
	}

	#end(): void {
		if (!this.#isEnded) {
			this.#isEnded = true;
			this.#soon?.dispose();
			this.#retry?.dispose();
			this.#right.dispose();
			void this.#right.whenOver.then(this.#parts.onEnded);
		}
	}

	async #append(): Promise<void> {
		const isDurable = this.#isDurable;
		this.#isDurable = false;
		this.#retry?.dispose();
		this.#retry = undefined;
		let isChanged = false;
		let notSaved: string | undefined;
		try {
			await this.#file.append(async (news) => {
				isChanged = this.#ends.hear(news);
				isChanged = (await this.#ends.look()) || isChanged;
				this.#ends.tell();
			}, isDurable);
			this.#parts.onSaved();
		} catch (error) {
			notSaved = codeOf(error);
			this.#isDurable ||= isDurable;
			this.#retry = this.#parts.clock.after(retryMs, () => void this.#save());
		}
		if (notSaved !== this.#notSaved) {
			this.#notSaved = notSaved;
			const { log } = this.#parts;
			log.warn(notSaved ? `a chat is not saved: ${notSaved}` : "the chat is saved now");
			isChanged = true;
		}
		if (isChanged) {
			this.#changes.fire(undefined);
		}
	}

	/** Runs tasks one after the other. Logs failures. Never rejects. */
	#alone(failure: string, task: () => Promise<void>): Promise<void> {
		this.#work = this.#work.then(task).catch((error: unknown) => {
			this.#parts.log.warn(`${failure}: ${describeError(error)}`);
		});
		return this.#work;
	}
}
