import type { TurnId } from "../../protocol/chat/ids";
import type { ChatRecord } from "../conversation/chatRecord";
import type { Conversation } from "../conversation/conversation";
import { isOfOneTurn } from "./journal/pendingRecords";

/**
 * The answers of a chat that have no end in the file. If no window generates such an answer, it is shown as interrupted.
 * The next write adds that to the file. Until then, a window that turns out to generate the answer overrules it.
 */
export class OpenEnds {
	/** Answers that this window generates or is about to generate. */
	readonly #own = new Set<TurnId>();
	/** Answers that are assumed to be interrupted. */
	readonly #assumed = new Set<TurnId>();

	/** Takes in a record that this window writes. */
	wrote(record: ChatRecord): void {
		if (record.type === "turn" && record.turn.role === "assistant" && !record.turn.outcome) {
			this.#own.add(record.turn.id);
		} else if (record.type === "continued") {
			this.#own.add(record.turnId);
		} else if (record.type === "ended") {
			this.#own.delete(record.turnId);
		}
	}

	/** Takes in a record from another window, which overrules an assumed interruption. */
	heard(record: ChatRecord, conversation: Conversation): void {
		if (isOfOneTurn(record) && this.#assumed.delete(record.turnId) && record.type !== "ended") {
			conversation.apply({ type: "continued", turnId: record.turnId });
		}
	}

	/** Assumes that answers without an end are interrupted, except those of this window. No other window may generate. */
	assume(conversation: Conversation): boolean {
		let isChanged = false;
		for (const { turn } of conversation.turns()) {
			if (turn.role === "assistant" && turn.outcome === null && !this.#own.has(turn.id)) {
				this.#assumed.add(turn.id);
				isChanged = true;
			}
		}
		for (const turnId of this.#assumed) {
			conversation.apply(interruption(turnId));
		}
		return isChanged;
	}

	/** Returns the records that reopen answers of this window that another window marked as interrupted. */
	insist(conversation: Conversation): readonly ChatRecord[] {
		return [...this.#own]
			.filter((turnId) => {
				const turn = conversation.turn(turnId);
				return turn?.role === "assistant" && turn.outcome?.kind === "interrupted";
			})
			.map((turnId) => ({ type: "continued", turnId }));
	}

	/** Withdraws all assumptions, because another window generates in the chat after all. */
	retract(conversation: Conversation): void {
		for (const turnId of this.#assumed) {
			conversation.apply({ type: "continued", turnId });
		}
		this.#assumed.clear();
	}

	/** Returns the assumed interruptions for the file, and forgets them. */
	take(): readonly ChatRecord[] {
		const records = [...this.#assumed].map(interruption);
		this.#assumed.clear();
		return records;
	}
}

function interruption(turnId: TurnId): ChatRecord {
	return { type: "ended", turnId, outcome: { kind: "interrupted" } };
}
