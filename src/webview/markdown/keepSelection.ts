/**
 * Remembers which characters inside `element` are selected.
 *
 * @returns what selects the same characters again after the nodes of `element` were replaced by others with
 *   the same text; it does nothing where the selection touches other elements only.
 */
export function readSelection(element: Element): () => void {
	const selection = document.getSelection();
	const anchor = selection && offsetIn(element, selection.anchorNode, selection.anchorOffset);
	const focus = selection && offsetIn(element, selection.focusNode, selection.focusOffset);
	if (!selection || (typeof anchor !== "number" && typeof focus !== "number")) {
		return () => undefined;
	}
	const outside = { anchor: selection.anchorNode, focus: selection.focusNode };
	const { anchorOffset, focusOffset } = selection;
	return () => {
		const start = typeof anchor === "number" ? positionAt(element, anchor) : undefined;
		const end = typeof focus === "number" ? positionAt(element, focus) : undefined;
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

/** @returns characters of `element` before the position, or `undefined` if it is not inside. */
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
