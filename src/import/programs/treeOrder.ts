/** A node of a tree as a file lists it. */
export interface TreeLink {
	/** Names the node within its conversation. */
	readonly key: string;
	/** The node above; `null`: it begins the conversation; `undefined`: the file does not say. */
	readonly parentKey: string | null | undefined;
	/** The nodes below in the order that the file gives them, where it gives one. */
	readonly childKeys?: readonly string[];
}

export interface TreeOrder<T extends TreeLink> {
	/** All nodes, parents before their children and siblings in their order, each with its parent. */
	readonly nodes: readonly { readonly node: T; readonly parentKey: string | null }[];
	/** How many nodes do not say where they belong, or hang on each other, and were put somewhere. */
	readonly moved: number;
}

/**
 * Puts the nodes of an untrusted tree in order, whatever is wrong with it.
 *
 * A node whose parent is missing goes below the one that names it, or names its parent, as a child. Where none does, it
 * goes below the last node before it in the file, so that a gap does not hide what was said before. The same becomes of
 * one node of a circle.
 *
 * @param nodes each with a key of its own.
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
	// First those without a parent, then what hangs in a circle: nothing else leads to it.
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
				// A node that says nothing of its place cannot be read at all, and the first one needs no other.
				moved += node.parentKey !== undefined && (last ?? circles) ? 1 : 0;
				parents.set(node.key, last?.key ?? null);
				reach(node);
			}
			last = reached.has(node.key) ? node : last;
		}
	}
	return { nodes: ordered(roots, below, parents), moved };
}

/** @returns the parent of each node; `null`: none; `undefined`: it is not known. */
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
