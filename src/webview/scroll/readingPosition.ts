import type { ChatId } from "../../protocol/chat/ids";
import type { ReadingPosition } from "../state/viewState";

/** Selects the parts of a chapter, and the stretches in them. */
const levelsToMessages = 2;

/**
 * Returns the reading position in a log: its topmost visible message.
 *
 * @param chapters the elements with the log's messages, in order. Elements out of sight are not measured, because the
 * browser would lay them out.
 */
export function readingPosition(
	chatId: ChatId,
	scroller: HTMLElement,
	chapters: readonly Element[],
): ReadingPosition | undefined {
	const topPx = scroller.getBoundingClientRect().top;
	const isInSight = (element: Element): boolean => element.getBoundingClientRect().bottom > topPx;
	let inSight = chapters.find(isInSight);
	for (let level = 0; level < levelsToMessages; level += 1) {
		inSight = [...(inSight?.children ?? [])].find(isInSight);
	}
	const messages = inSight?.querySelectorAll<HTMLElement>("[data-turn-id]");
	const first = messages && [...messages].find(isInSight);
	const turnId = first?.dataset.turnId;
	return first && turnId !== undefined
		? { chatId, turnId, offsetPx: topPx - first.getBoundingClientRect().top }
		: undefined;
}
