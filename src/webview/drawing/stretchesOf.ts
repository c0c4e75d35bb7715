import type { Turn } from "../../protocol/chat/chat";

/** The UTF-16 units of text after which a stretch takes no more messages: about two screens of a side bar. */
const fullStretchLength = 2000;

/**
 * Groups turns into stretches, which the browser skips as a whole while they are out of sight.
 *
 * Invariant: the end of a stretch depends only on the turns before it, so a conversation that grows keeps its
 * stretches. No stretch ends between a message and its answer.
 */
export function stretchesOf(turns: readonly Turn[]): readonly (readonly Turn[])[] {
	const stretches: Turn[][] = [];
	let length = 0;
	for (const turn of turns) {
		const stretch = stretches.at(-1);
		if (stretch && !(length >= fullStretchLength && turn.role === "user")) {
			stretch.push(turn);
		} else {
			stretches.push([turn]);
			length = 0;
		}
		length += turn.role === "user" ? turn.text.length : turn.reply.length;
	}
	return stretches;
}
