import type { ChatId } from "../../protocol/chat/ids";
import type { ReadingPosition } from "../state/viewState";

/** Parts, and in them stretches, in which a chapter has its messages. */
const levelsToMessages = 2;

/**
 * @param chapters elements with the log's messages, in order. What is in an element out of sight is not asked where it is:
 * the browser would lay it out for that.
 * @returns where the reader is in a log: at the topmost of its messages in sight.
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
