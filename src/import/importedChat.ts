import type { TurnOutcome } from "../protocol/chat/chat";
import { omissionKinds, type OmissionKind } from "../protocol/import/chatImport";
import type { TreeLink } from "./programs/treeOrder";

/** The content of one message in another program's file. */
export type ImportedContent =
	/** Content that is not shown. Messages below it continue from the message above. */
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

/** Turns in the form of a journal, without ids: parents first, each with the index of its parent. */
export interface AssembledChat {
	readonly title: { readonly text: string; readonly by: "user" | "model" } | null;
	readonly createdAtMs: number | null;
	readonly folder: string | null;
	readonly pinned: boolean;
	readonly turns: readonly { readonly parent: number | null; readonly turn: unknown }[];
	/** The last turn that was shown; `undefined` for the last one that was read. */
	readonly head: number | null | undefined;
	readonly queued: unknown;
}

/** How many items of each kind were omitted from a conversation. */
export type OmissionCounts = Record<OmissionKind, number>;

export function noOmissions(): OmissionCounts {
	return Object.fromEntries(omissionKinds.map((kind) => [kind, 0])) as OmissionCounts;
}

/** The members of a conversation other than its messages. */
export type Members = ReadonlyMap<string, unknown>;

/** Assembles the messages of one conversation, in the order of the file. */
export interface ChatFormat {
	/**
	 * @param json `undefined` if the message is unreadable
	 * @returns the approximate memory that the message takes until `finish`, in UTF-16 units
	 */
	add(key: string, json: unknown): number;
	/** Returns the conversation, or `undefined` if the format does not match. */
	finish(members: Members): AssembledChat | undefined;
}

/** The outcome of an answer that another program completed. Its statistics are unknown. */
export const completeElsewhere: TurnOutcome = { kind: "complete", stats: undefined };

/** Converts a time in seconds or milliseconds to epoch milliseconds. Returns `undefined` for implausible values. */
export function epochMsIn(time: unknown): number | undefined {
	if (typeof time !== "number" || !Number.isFinite(time) || time <= 0) {
		return undefined;
	}
	// Smaller values are seconds (up to the year 5138), larger ones milliseconds (from 1973 on).
	const ms = Math.round(time < 100_000_000_000 ? time * 1000 : time);
	return ms <= 8_640_000_000_000_000 ? ms : undefined;
}

/** Returns a member that is a string. */
export function textMember(members: Members, name: string): string | undefined {
	const member = members.get(name);
	return typeof member === "string" ? member : undefined;
}

/** Returns the approximate memory that a node takes, in UTF-16 units. */
export function lengthOfNode(node: ImportedNode<{ readonly kind: string }>): number {
	const texts = Object.values(node.content).map((member: unknown) =>
		typeof member === "string" ? member.length : 0,
	);
	return [...texts, ...(node.childKeys ?? []).map(({ length }) => length + 20)].reduce(
		(sum, length) => sum + length,
		100,
	);
}
