import type { ChatRecord } from "../../conversation/chatRecord";

/** Records that are not in the file yet, in their order. */
export class PendingRecords {
	#records: ChatRecord[] = [];
	/** How many of the first are being written: they stay as they are. */
	#inFlight = 0;

	get all(): readonly ChatRecord[] {
		return this.#records;
	}

	get isEmpty(): boolean {
		return this.#records.length === 0;
	}

	/** Adds a record; text that follows text which waits becomes one record with it. */
	add(record: ChatRecord): void {
		const last = this.#records.at(-1);
		if (
			this.#records.length > this.#inFlight &&
			last?.type === "text" &&
			record.type === "text" &&
			last.turnId === record.turnId &&
			last.channel === record.channel &&
			last.offset + last.text.length === record.offset
		) {
			this.#records[this.#records.length - 1] = { ...last, text: last.text + record.text };
		} else {
			this.#records.push(record);
		}
	}

	/** Puts records before all that wait. Nothing may be being written. */
	addFirst(records: readonly ChatRecord[]): void {
		this.#records.unshift(...records);
	}

	/** @returns all that wait, to be written now. */
	take(): readonly ChatRecord[] {
		this.#inFlight = this.#records.length;
		return [...this.#records];
	}

	/** What was taken has been written. */
	written(): void {
		this.#records = this.#records.slice(this.#inFlight);
		this.#inFlight = 0;
	}

	/** What was taken waits again, before what came later. */
	putBack(): void {
		this.#inFlight = 0;
	}

	/** @returns whether applying `foreign` after these gives something else than applying them before. */
	conflictWith(foreign: readonly ChatRecord[]): boolean {
		return (
			foreign.length > 0 &&
			this.#records.some(
				(own) => !isOfOneTurn(own) || foreign.some((other) => isOfOneTurn(other, own.turnId)),
			)
		);
	}
}

type RecordOfOneTurn = Extract<
	ChatRecord,
	{ readonly type: "text" | "thoughtEnded" | "ended" | "continued" }
>;

/** @returns whether a record changes nothing but the content of one answer, of `turnId` if it is given. */
export function isOfOneTurn(record: ChatRecord, turnId?: string): record is RecordOfOneTurn {
	return (
		(record.type === "text" ||
			record.type === "thoughtEnded" ||
			record.type === "ended" ||
			record.type === "continued") &&
		(turnId === undefined || record.turnId === turnId)
	);
}
