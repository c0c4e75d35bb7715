import type { ChatId } from "../protocol/chat";
import type { ReadingPosition } from "./viewState";

/**
 * @param parts elements with the log's messages, in order. Messages of parts out of sight are not asked where they are:
 * the browser would lay them out for that.
 * @returns where the reader is in a log: at the topmost of its messages in sight.
 */
export function readingPosition(
	chatId: ChatId,
	scroller: HTMLElement,
	parts: readonly HTMLElement[],
): ReadingPosition | undefined {
	const topPx = scroller.getBoundingClientRect().top;
	const isInSight = (element: HTMLElement): boolean =>
		element.getBoundingClientRect().bottom > topPx;
	const messages = parts.find(isInSight)?.querySelectorAll<HTMLElement>("[data-turn-id]");
	const first = messages && [...messages].find(isInSight);
	const turnId = first?.dataset.turnId;
	return first && turnId !== undefined
		? { chatId, turnId, offsetPx: topPx - first.getBoundingClientRect().top }
		: undefined;
}
