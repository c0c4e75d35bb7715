import type { TurnOutcome } from "../protocol/chat/chat";
import { omissionKinds, type OmissionKind } from "../protocol/import/chatImport";
import type { TreeLink } from "./programs/treeOrder";

/** What one message of another program's file says to us. */
export type ImportedContent =
	/** Nothing that a conversation shows: what is below hangs on what is above. */
	| { readonly kind: "nothing" }
	| { readonly kind: "user"; readonly atMs: number | undefined; readonly text: string }
	/** An answer, or a part of one. */
	| ImportedAnswer;

export interface ImportedAnswer {
	readonly kind: "answer";
	readonly atMs: number | undefined;
	readonly thought: string;
	readonly thoughtDurationMs: number | null;
	readonly reply: string;
	readonly outcome: TurnOutcome;
}

export interface ImportedNode<Content = ImportedContent> extends TreeLink {
	readonly content: Content;
}

/** Turns as a journal has them, without ids: parents first, each with the number of its parent. */
export interface AssembledChat {
	readonly title: { readonly text: string; readonly by: "user" | "model" } | null;
	readonly createdAtMs: number | null;
	readonly folder: string | null;
	readonly pinned: boolean;
	readonly turns: readonly { readonly parent: number | null; readonly turn: unknown }[];
	/** The last turn of what was shown; `undefined`: the last one that was read. */
	readonly head: number | null | undefined;
	readonly queued: unknown;
}

/** A conversation that is being read: what it does not hold of its file. */
export type OmissionCounts = Record<OmissionKind, number>;

export function noOmissions(): OmissionCounts {
	return Object.fromEntries(omissionKinds.map((kind) => [kind, 0])) as OmissionCounts;
}

/** What of a conversation stands beside its messages. */
export type Members = ReadonlyMap<string, unknown>;

/** Puts the messages of one conversation together, in the order in which the file has them. */
export interface ChatFormat {
	/**
	 * @param json `undefined` if the message cannot be read at all.
	 * @returns about how much memory it takes until the end, in UTF-16 units.
	 */
	add(key: string, json: unknown): number;
	/** @returns `undefined` if what was read is no conversation of the format. */
	finish(members: Members): AssembledChat | undefined;
}

/** An answer that ended as it should, elsewhere: nothing of it was measured here. */
export const completeElsewhere: TurnOutcome = { kind: "complete", stats: undefined };

/** @returns epoch milliseconds of a time in seconds or milliseconds; `undefined` if it is none that a clock shows. */
export function epochMsIn(time: unknown): number | undefined {
	if (typeof time !== "number" || !Number.isFinite(time) || time <= 0) {
		return undefined;
	}
	// Seconds up to the year 5138, milliseconds from 1973 on.
	const ms = Math.round(time < 100_000_000_000 ? time * 1000 : time);
	return ms <= 8_640_000_000_000_000 ? ms : undefined;
}

/** @returns a member that is a text. */
export function textMember(members: Members, name: string): string | undefined {
	const member = members.get(name);
	return typeof member === "string" ? member : undefined;
}

/** @returns about how much memory a node takes, in UTF-16 units. */
export function lengthOfNode(node: ImportedNode<{ readonly kind: string }>): number {
	const texts = Object.values(node.content).map((member: unknown) =>
		typeof member === "string" ? member.length : 0,
	);
	return [...texts, ...(node.childKeys ?? []).map(({ length }) => length + 20)].reduce(
		(sum, length) => sum + length,
		100,
	);
}
