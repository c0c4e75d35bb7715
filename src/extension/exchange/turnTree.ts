import { maxSteps } from "./importLimits";

/**
 * Keeps count of what it takes to add turns to a conversation, parents first: a turn that does not go on from the one
 * before it takes as many steps as it is deep.
 */
export class TurnTree {
	readonly #depths = new Map<string, number>();
	#lastId: string | null = null;
	#steps = 0;

	get isTooLarge(): boolean {
		return this.#steps > maxSteps;
	}

	add(id: string, parentId: string | null): void {
		const depth = parentId === null ? 1 : (this.#depths.get(parentId) ?? 0) + 1;
		this.#depths.set(id, depth);
		this.#steps += parentId === this.#lastId ? 1 : depth;
		this.#lastId = id;
	}
}
