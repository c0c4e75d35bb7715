import { setImmediate } from "node:timers/promises";
import type { Conversation } from "../conversation/conversation";

/** UTF-16 units that are looked through at a time. */
const sliceLength = 500_000;
const excerptBefore = 30;
const excerptAfter = 60;

/** A place where a text occurs. */
export interface TextHit {
	readonly turnId: string;
	readonly excerpt: string;
}

/**
 * Looks for a text in all turns, whatever its case, with pauses for others.
 *
 * @throws the signal's reason if it is aborted
 */
export async function findInTurns(
	conversation: Conversation,
	text: string,
	signal: AbortSignal,
): Promise<TextHit | undefined> {
	const pattern = new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"), "iu");
	let looked = 0;
	for (const { turn } of conversation.turns()) {
		for (const said of turn.role === "user" ? [turn.text] : [turn.reply, turn.thought]) {
			for (let from = 0; from < said.length; from += sliceLength) {
				// Slices overlap, so that no place is cut by the end of one.
				const slice = said.slice(from, from + sliceLength + 2 * text.length);
				const match = pattern.exec(slice);
				if (match) {
					const at = from + match.index;
					return { turnId: turn.id, excerpt: excerptOf(said, at, match[0].length) };
				}
				looked += slice.length;
				if (looked > sliceLength) {
					looked = 0;
					await setImmediate();
					signal.throwIfAborted();
				}
			}
		}
	}
	return undefined;
}

/** @returns the words around a place, on one line. */
function excerptOf(said: string, at: number, length: number): string {
	const from = Math.max(0, at - excerptBefore);
	const to = at + length + excerptAfter;
	const words = said
		.slice(from, to)
		// A character of two units that is cut in halves.
		.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, "")
		.replace(/\s+/g, " ")
		.trim();
	return `${from > 0 ? "…" : ""}${words}${to < said.length ? "…" : ""}`;
}
