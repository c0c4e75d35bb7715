/** A node of a tree as a file lists it. */
export interface TreeLink {
	/** Names the node within its conversation. */
	readonly key: string;
	/** The node above; `null`: it begins the conversation. */
	readonly parentKey: string | null;
	/** The nodes below in the order that the file gives them, where it gives one. */
	readonly childKeys?: readonly string[];
}

/**
 * Puts the nodes of an untrusted tree in order.
 *
 * @returns parents before their children and siblings in their order; `undefined` if two nodes have the same key, if a
 * parent is missing, or if nodes are their own ancestors.
 */
export function inTreeOrder<T extends TreeLink>(nodes: readonly T[]): readonly T[] | undefined {
	const byKey = new Map(nodes.map((node) => [node.key, node]));
	if (byKey.size < nodes.length) {
		return undefined;
	}
	const roots: T[] = [];
	const below = new Map<string, T[]>();
	for (const node of nodes) {
		if (node.parentKey === null) {
			roots.push(node);
		} else if (byKey.has(node.parentKey)) {
			const siblings = below.get(node.parentKey);
			if (siblings) {
				siblings.push(node);
			} else {
				below.set(node.parentKey, [node]);
			}
		} else {
			return undefined;
		}
	}
	const ordered: T[] = [];
	const waiting = roots.reverse();
	for (let node = waiting.pop(); node; node = waiting.pop()) {
		ordered.push(node);
		for (const child of inGivenOrder(below.get(node.key) ?? [], node.childKeys).reverse()) {
			waiting.push(child);
		}
	}
	// What a cycle holds cannot be reached from a beginning.
	return ordered.length === nodes.length ? ordered : undefined;
}

/** @returns `siblings` as `order` has them; those that it does not name come last. */
function inGivenOrder<T extends TreeLink>(
	siblings: readonly T[],
	order: readonly string[] | undefined,
): T[] {
	if (!order || siblings.length < 2) {
		return [...siblings];
	}
	const places = new Map(order.map((key, place) => [key, place]));
	const placeOf = ({ key }: T): number => places.get(key) ?? order.length;
	return siblings.toSorted((a, b) => placeOf(a) - placeOf(b));
}
