import type { ChatId } from "../protocol/chat";
import type { ReadingPosition } from "./viewState";

/** @returns where the reader is in a log: at the topmost of its messages in sight. */
export function readingPosition(
	chatId: ChatId,
	scroller: HTMLElement,
	turns: readonly HTMLElement[],
): ReadingPosition | undefined {
	const topPx = scroller.getBoundingClientRect().top;
	const first = turns.find((turn) => turn.getBoundingClientRect().bottom > topPx);
	const turnId = first?.dataset.turnId;
	return first && turnId !== undefined
		? { chatId, turnId, offsetPx: topPx - first.getBoundingClientRect().top }
		: undefined;
}
