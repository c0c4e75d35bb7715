import type { Turn } from "../../protocol/chat/chat";

/** UTF-16 units of text at which a stretch takes no more messages: some two screens of a side bar. */
const fullStretchLength = 2000;

/**
 * Cuts turns into stretches, which the browser skips as a whole while they are out of sight.
 *
 * Invariant: where a stretch ends depends on the turns up to there alone, so a conversation that goes on keeps its
 * stretches. None ends between a message and its answer.
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
