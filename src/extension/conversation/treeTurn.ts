import type { TurnOutcome } from "../../protocol/chat/chat";
import type { StoredAssistantTurn, StoredUserTurn } from "./chatRecord";

/** A turn of a conversation. An answer without an outcome is being generated, by this or another window. */
export type TreeTurn = StoredUserTurn | GrowingAnswer;

/** An answer that grows as records are applied. */
export interface GrowingAnswer extends Omit<StoredAssistantTurn, "thought" | "reply"> {
	thought: string;
	reply: string;
	thoughtDurationMs: number | null;
	outcome: TurnOutcome | null;
}
