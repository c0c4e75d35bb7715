/**
 * Remembers which characters inside `element` are selected.
 *
 * @returns a function that selects the same characters again in `element` or its replacement, after nodes were replaced
 * by others with nearly the same text. It does nothing if the selection is only in other elements.
 */
export function readSelection(element: Element): (successor?: Element) => void {
	const selection = document.getSelection();
	const anchor = selection && offsetIn(element, selection.anchorNode, selection.anchorOffset);
	const focus = selection && offsetIn(element, selection.focusNode, selection.focusOffset);
	if (!selection || (typeof anchor !== "number" && typeof focus !== "number")) {
		return () => undefined;
	}
	const outside = { anchor: selection.anchorNode, focus: selection.focusNode };
	const { anchorOffset, focusOffset } = selection;
	const text = element.textContent;
	return (successor = element) => {
		const positionNow = (offset: number | null | undefined) =>
			typeof offset === "number"
				? positionAt(successor, offsetAmong(text, successor.textContent, offset))
				: undefined;
		const start = positionNow(anchor);
		const end = positionNow(focus);
		const anchorNode = start?.node ?? outside.anchor;
		const focusNode = end?.node ?? outside.focus;
		if (anchorNode && focusNode) {
			selection.setBaseAndExtent(
				anchorNode,
				start?.offset ?? anchorOffset,
				focusNode,
				end?.offset ?? focusOffset,
			);
		}
	};
}

/** Returns the offset in `after` that corresponds to `offset` in `before`, except for removed characters. */
function offsetAmong(before: string, after: string, offset: number): number {
	const shorter = Math.min(before.length, after.length);
	let start = 0;
	while (start < shorter && before[start] === after[start]) {
		start += 1;
	}
	let end = 0;
	while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) {
		end += 1;
	}
	if (before.length - offset <= end) {
		return after.length - (before.length - offset);
	}
	let found = Math.min(start, offset);
	for (let index = found; index < offset && found < after.length - end; index += 1) {
		if (before[index] === after[found]) {
			found += 1;
		}
	}
	return found;
}

/** Returns the number of characters of `element` before the position; `undefined` if it is not inside. */
function offsetIn(element: Element, node: Node | null, offset: number): number | undefined {
	if (!node || !element.contains(node)) {
		return undefined;
	}
	const range = document.createRange();
	range.setStart(element, 0);
	range.setEnd(node, offset);
	return range.toString().length;
}

function positionAt(element: Element, offset: number): { node: Node; offset: number } {
	const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
	let before = 0;
	let last: Node = element;
	for (let node = walker.nextNode(); node; node = walker.nextNode()) {
		const length = node.textContent?.length ?? 0;
		if (before + length >= offset) {
			return { node, offset: offset - before };
		}
		before += length;
		last = node;
	}
	return { node: last, offset: last.textContent?.length ?? 0 };
}
