import type { TurnOutcome } from "../../protocol/chat/chat";
import type { StoredAssistantTurn, StoredUserTurn } from "./chatRecord";

/** A turn of a conversation; an answer without outcome is being generated, here or by another window. */
export type TreeTurn = StoredUserTurn | GrowingAnswer;

/** Grows while records are applied. */
export interface GrowingAnswer extends Omit<StoredAssistantTurn, "thought" | "reply"> {
	thought: string;
	reply: string;
	thoughtDurationMs: number | null;
	outcome: TurnOutcome | null;
}
