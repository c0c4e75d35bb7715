/**
 * Makes the siblings after `after` equal to `wanted`, and keeps every node that is already equal, so that a selection
 * in unchanged text survives.
 *
 * @param after the last node to leave alone; `null` for none
 * @param wanted nodes without another parent; those that are needed move into `parent`
 * @returns the nodes that now represent `wanted`, in order
 */
export function patchNodes(
	parent: Node,
	after: ChildNode | null,
	wanted: readonly ChildNode[],
): ChildNode[] {
	let current = after ? after.nextSibling : parent.firstChild;
	const placed = wanted.map((node) => {
		const existing = current;
		if (existing && becomes(existing, node)) {
			current = existing.nextSibling;
			return existing;
		}
		if (existing) {
			current = existing.nextSibling;
			existing.replaceWith(node);
		} else {
			parent.appendChild(node);
		}
		return node;
	});
	while (current) {
		const next: ChildNode | null = current.nextSibling;
		current.remove();
		current = next;
	}
	return placed;
}

/** Makes `existing` equal to `wanted`, if possible. @returns whether it was */
function becomes(existing: ChildNode, wanted: ChildNode): boolean {
	if (existing instanceof Text && wanted instanceof Text) {
		setText(existing, wanted.data);
		return true;
	}
	if (existing instanceof Element && wanted instanceof Element && sameTag(existing, wanted)) {
		patchNodes(existing, null, [...wanted.childNodes]);
		return true;
	}
	return false;
}

/** Changes only the part of the text that differs, so that ranges in the rest keep their place. */
function setText(node: Text, text: string): void {
	const old = node.data;
	if (old === text) {
		return;
	}
	if (text.startsWith(old)) {
		node.appendData(text.slice(old.length));
		return;
	}
	let same = 0;
	while (same < text.length && text[same] === old[same]) {
		same++;
	}
	node.replaceData(same, old.length - same, text.slice(same));
}

/** `open` is ignored, because the reader opens and closes details. */
function sameTag(a: Element, b: Element): boolean {
	return a.localName === b.localName && hasAttributesOf(a, b) && hasAttributesOf(b, a);
}

function hasAttributesOf(element: Element, other: Element): boolean {
	for (const { name, value } of other.attributes) {
		if (name !== "open" && element.getAttribute(name) !== value) {
			return false;
		}
	}
	return true;
}
