import type { ChatRecord } from "../../conversation/chatRecord";

/** The records that are not in the file yet, in order. */
export class PendingRecords {
	#records: ChatRecord[] = [];
	/** How many of the first records are being written, and must not change. */
	#inFlight = 0;

	get all(): readonly ChatRecord[] {
		return this.#records;
	}

	get isEmpty(): boolean {
		return this.#records.length === 0;
	}

	/** Adds a record. Text that continues the last record is merged into it. */
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

	/** Inserts records before all others. No write may be in progress. */
	addFirst(records: readonly ChatRecord[]): void {
		this.#records.unshift(...records);
	}

	/** Returns all records, to be written now. */
	take(): readonly ChatRecord[] {
		this.#inFlight = this.#records.length;
		return [...this.#records];
	}

	/** Removes the taken records, which have been written. */
	written(): void {
		this.#records = this.#records.slice(this.#inFlight);
		this.#inFlight = 0;
	}

	/** Keeps the taken records, which could not be written, before later ones. */
	putBack(): void {
		this.#inFlight = 0;
	}

	/** Returns whether the result depends on whether `foreign` is applied before or after these records. */
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

/** Returns whether a record changes only the content of one answer: `turnId`, if given. */
export function isOfOneTurn(record: ChatRecord, turnId?: string): record is RecordOfOneTurn {
	return (
		(record.type === "text" ||
			record.type === "thoughtEnded" ||
			record.type === "ended" ||
			record.type === "continued") &&
		(turnId === undefined || record.turnId === turnId)
	);
}
