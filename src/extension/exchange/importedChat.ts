import type { TurnOutcome } from "../../protocol/chat";
import type { Conversation } from "../conversation/conversation";
import type { TreeLink } from "./treeOrder";

/** What one message of another program's file says to us. */
export type ImportedContent =
	/** Nothing that a conversation shows: what is below hangs on what is above. */
	| { readonly kind: "nothing" }
	| { readonly kind: "user"; readonly atMs: number | undefined; readonly text: string }
	/** An answer, or a part of one. */
	| {
			readonly kind: "answer";
			readonly atMs: number | undefined;
			readonly thought: string;
			readonly thoughtDurationMs: number | null;
			readonly reply: string;
			readonly outcome: TurnOutcome;
	  };

export interface ImportedNode extends TreeLink {
	readonly content: ImportedContent;
}

/** A conversation as another program's file has it, parsed. */
export interface ImportedChat {
	readonly title: string | undefined;
	/** Epoch milliseconds. */
	readonly createdAtMs: number | undefined;
	readonly pinned: boolean;
	/** The node that the program showed last. */
	readonly headKey: string | undefined;
	readonly nodes: readonly ImportedNode[];
}

/** Why a conversation of a file was left out. */
export type ChatProblem =
	/** It does not have the shape that the format's conversations have. */
	| "wrongShape"
	/** Its messages do not make a tree. */
	| "brokenTree"
	| "tooLarge"
	/** Nothing was said in it. */
	| "empty";

/** A conversation that was read, or why it was not. */
export type ReadChat = Conversation | ChatProblem;

/** What the conversations that were read do not hold of their files. */
export interface Omissions {
	images: number;
	files: number;
	toolMessages: number;
	systemMessages: number;
}

/** What a reader of conversations needs from around it. */
export interface ImportContext {
	/** @returns an id that nothing has yet. */
	readonly newId: () => string;
	/** Epoch milliseconds. */
	readonly nowMs: number;
	readonly omissions: Omissions;
}

export const imageMarker = "[image not imported]";
export const fileMarker = "[file not imported]";

/** An answer that ended as it should, elsewhere: nothing of it was measured here. */
export const completeElsewhere: TurnOutcome = { kind: "complete", stats: undefined };

/** @returns epoch milliseconds of a time in seconds or milliseconds; `undefined` if it is none that a clock shows. */
export function timeMs(time: number | null | undefined): number | undefined {
	if (typeof time !== "number" || !Number.isFinite(time) || time <= 0) {
		return undefined;
	}
	// Seconds up to the year 5138, milliseconds from 1973 on.
	const ms = Math.round(time < 100_000_000_000 ? time * 1000 : time);
	return ms <= 8_640_000_000_000_000 ? ms : undefined;
}
