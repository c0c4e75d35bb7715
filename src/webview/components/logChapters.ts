import type { Turn } from "../../protocol/chat/chat";
import { LogPartElement } from "./logPart";

const turnsPerPart = 20;
const partsPerChapter = 10;

/** Groups turns by part, and parts by chapter. */
export function inChapters(turns: readonly Turn[]): readonly (readonly (readonly Turn[])[])[] {
	return inGroups(inGroups(turns, turnsPerPart), partsPerChapter);
}

/** @param content the element that contains the chapters */
export function chaptersIn(content: Element): readonly Element[] {
	// A selector would make the browser search everything inside the chapters.
	return [...content.children].filter(({ className }) => className === "log-chapter");
}

/** @param content the element that contains the chapters */
export function partsIn(content: Element): readonly LogPartElement[] {
	return chaptersIn(content)
		.flatMap(({ children }) => [...children])
		.filter((child) => child instanceof LogPartElement);
}

/** @param content the element that contains the chapters */
export function lastPartIn(content: Element): LogPartElement | undefined {
	const last = chaptersIn(content).at(-1)?.lastElementChild;
	return last instanceof LogPartElement ? last : undefined;
}

function inGroups<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
	return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
		items.slice(index * size, (index + 1) * size),
	);
}
