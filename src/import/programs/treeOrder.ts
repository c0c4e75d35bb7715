/** A node of a tree in a file. */
export interface TreeLink {
	/** Unique within the conversation. */
	readonly key: string;
	/** The parent's key; `null` for a root; `undefined` if the file does not say. */
	readonly parentKey: string | null | undefined;
	/** The keys of the children in order, if the file lists them. */
	readonly childKeys?: readonly string[];
}

export interface TreeOrder<T extends TreeLink> {
	/** All nodes with their parents: parents before children, siblings in order. */
	readonly nodes: readonly { readonly node: T; readonly parentKey: string | null }[];
	/** How many nodes had an unknown parent or were part of a cycle, and were placed by guess. */
	readonly moved: number;
}

/**
 * Orders the nodes of an untrusted tree, whatever is wrong with it.
 *
 * A node whose parent is missing becomes a child of the node that lists it, or lists its missing parent, as a child. If
 * there is no such node, it follows the last node before it in the file, so that a gap does not hide earlier messages.
 * One node of each cycle is placed the same way.
 *
 * @param nodes each with a unique key
 */
export function inTreeOrder<T extends TreeLink>(nodes: readonly T[]): TreeOrder<T> {
	const parents = parentKeys(nodes);
	const below = new Map<string, T[]>();
	const roots: T[] = [];
	const lost: T[] = [];
	const hang = (node: T, parentKey: string): void => {
		const siblings = below.get(parentKey);
		if (siblings) {
			siblings.push(node);
		} else {
			below.set(parentKey, [node]);
		}
	};
	for (const node of nodes) {
		const parentKey = parents.get(node.key);
		if (parentKey === null) {
			roots.push(node);
		} else if (parentKey === undefined) {
			lost.push(node);
		} else {
			hang(node, parentKey);
		}
	}
	const reached = new Set<string>();
	const reach = (from: T): void => {
		const waiting = [from];
		for (let node = waiting.pop(); node; node = waiting.pop()) {
			if (!reached.has(node.key)) {
				reached.add(node.key);
				waiting.push(...(below.get(node.key) ?? []));
			}
		}
	};
	roots.forEach(reach);
	let moved = 0;
	const isLost = new Set(lost);
	// Visits the nodes without a parent first, then the cycles, which nothing else leads to.
	for (const circles of [false, true]) {
		let last: T | undefined;
		for (const node of nodes) {
			if (!reached.has(node.key) && (circles || isLost.has(node))) {
				if (circles) {
					const circle = below.get(parents.get(node.key) ?? "");
					circle?.splice(circle.indexOf(node), 1);
				}
				if (last) {
					hang(node, last.key);
				} else {
					roots.push(node);
				}
				// A node that does not name its parent is unreadable, and the first node needs none; neither counts as moved.
				moved += node.parentKey !== undefined && (last ?? circles) ? 1 : 0;
				parents.set(node.key, last?.key ?? null);
				reach(node);
			}
			last = reached.has(node.key) ? node : last;
		}
	}
	return { nodes: ordered(roots, below, parents), moved };
}

/** Returns each node's parent; `null` for none, `undefined` if unknown. */
function parentKeys(nodes: readonly TreeLink[]): Map<string, string | null | undefined> {
	const keys = new Set(nodes.map(({ key }) => key));
	const namedBy = new Map<string, string>();
	for (const { key, childKeys } of nodes) {
		for (const child of childKeys ?? []) {
			if (child !== key && !namedBy.has(child)) {
				namedBy.set(child, key);
			}
		}
	}
	return new Map(
		nodes.map(({ key, parentKey }) => {
			if (parentKey === null || (parentKey !== undefined && keys.has(parentKey))) {
				return [key, parentKey];
			}
			const namer =
				namedBy.get(key) ?? (parentKey === undefined ? undefined : namedBy.get(parentKey));
			return [key, namer === key ? undefined : namer];
		}),
	);
}

function ordered<T extends TreeLink>(
	roots: readonly T[],
	below: ReadonlyMap<string, readonly T[]>,
	parents: ReadonlyMap<string, string | null | undefined>,
): TreeOrder<T>["nodes"] {
	const nodes: { readonly node: T; readonly parentKey: string | null }[] = [];
	const waiting = roots.toReversed();
	for (let node = waiting.pop(); node; node = waiting.pop()) {
		nodes.push({ node, parentKey: parents.get(node.key) ?? null });
		for (const child of inGivenOrder(below.get(node.key) ?? [], node.childKeys).reverse()) {
			waiting.push(child);
		}
	}
	return nodes;
}

/** Sorts `siblings` by `order`; siblings that it does not list come last. */
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
