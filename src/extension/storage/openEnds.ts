import type { TurnId } from "../../protocol/chat/ids";
import type { ChatRecord } from "../conversation/chatRecord";
import type { Conversation } from "../conversation/conversation";
import { isOfOneTurn } from "./journal/pendingRecords";

/**
 * The answers of a conversation that have no end in the file. One that nobody generates any more is shown as interrupted;
 * the file is told with the next write, and until then whoever generates it after all is right.
 */
export class OpenEnds {
	/** Being generated, or about to be, by this window. */
	readonly #own = new Set<TurnId>();
	readonly #assumed = new Set<TurnId>();

	/** This window writes `record`. */
	wrote(record: ChatRecord): void {
		if (record.type === "turn" && record.turn.role === "assistant" && !record.turn.outcome) {
			this.#own.add(record.turn.id);
		} else if (record.type === "continued") {
			this.#own.add(record.turnId);
		} else if (record.type === "ended") {
			this.#own.delete(record.turnId);
		}
	}

	/** Another window has written `record`, and knows better. */
	heard(record: ChatRecord, conversation: Conversation): void {
		if (isOfOneTurn(record) && this.#assumed.delete(record.turnId) && record.type !== "ended") {
			conversation.apply({ type: "continued", turnId: record.turnId });
		}
	}

	/** Nobody else generates in the conversation: what has no end and is not this window's was interrupted. */
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

	/** @returns what contradicts another window that took answers of this one for interrupted. */
	insist(conversation: Conversation): readonly ChatRecord[] {
		return [...this.#own]
			.filter((turnId) => {
				const turn = conversation.turn(turnId);
				return turn?.role === "assistant" && turn.outcome?.kind === "interrupted";
			})
			.map((turnId) => ({ type: "continued", turnId }));
	}

	/** Somebody else generates in the conversation after all. */
	retract(conversation: Conversation): void {
		for (const turnId of this.#assumed) {
			conversation.apply({ type: "continued", turnId });
		}
		this.#assumed.clear();
	}

	/** @returns what the file is to be told, each time once. */
	take(): readonly ChatRecord[] {
		const records = [...this.#assumed].map(interruption);
		this.#assumed.clear();
		return records;
	}
}

function interruption(turnId: TurnId): ChatRecord {
	return { type: "ended", turnId, outcome: { kind: "interrupted" } };
}
