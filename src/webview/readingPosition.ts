import type { ChatId } from "../protocol/chat";
import type { ReadingPosition } from "./viewState";

/**
 * @param parts elements with the log's stretches of messages, in order. What is in a part or a stretch out of sight is not
 * asked where it is: the browser would lay it out for that.
 * @returns where the reader is in a log: at the topmost of its messages in sight.
 */
export function readingPosition(
	chatId: ChatId,
	scroller: HTMLElement,
	parts: readonly HTMLElement[],
): ReadingPosition | undefined {
	const topPx = scroller.getBoundingClientRect().top;
	const isInSight = (element: Element): boolean => element.getBoundingClientRect().bottom > topPx;
	const stretch = [...(parts.find(isInSight)?.children ?? [])].find(isInSight);
	const messages = stretch?.querySelectorAll<HTMLElement>("[data-turn-id]");
	const first = messages && [...messages].find(isInSight);
	const turnId = first?.dataset.turnId;
	return first && turnId !== undefined
		? { chatId, turnId, offsetPx: topPx - first.getBoundingClientRect().top }
		: undefined;
}
