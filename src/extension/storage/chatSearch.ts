import { setImmediate } from "node:timers/promises";
import type { Conversation } from "../conversation/conversation";

/** How many UTF-16 units are searched between two pauses. */
const sliceLength = 500_000;
const excerptBefore = 30;
const excerptAfter = 60;

/** A match of a search. */
export interface TextHit {
	readonly turnId: string;
	readonly excerpt: string;
}

/**
 * Returns the first match of a text in all turns, ignoring case. Pauses regularly, so that other work can run.
 *
 * @throws the reason of `signal`, if it is aborted
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
				// Slices overlap, so that no match is cut in two.
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

/** Returns the words around a match, on one line. */
function excerptOf(said: string, at: number, length: number): string {
	const from = Math.max(0, at - excerptBefore);
	const to = at + length + excerptAfter;
	const words = said
		.slice(from, to)
		// Half of a surrogate pair that the slice has cut.
		.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, "")
		.replace(/\s+/g, " ")
		.trim();
	return `${from > 0 ? "…" : ""}${words}${to < said.length ? "…" : ""}`;
}
