import { assertNever } from "../../protocol/assertNever";
import type { ChatId, TurnId } from "../../protocol/chat/ids";
import type { ChatHeader, ChatRecord, StoredUserTurn } from "./chatRecord";
import type { GrowingAnswer, TreeTurn } from "./treeTurn";

interface TreeNode {
	readonly turn: TreeTurn;
	readonly parentId: TurnId | null;
	readonly childIds: TurnId[];
	deleted: boolean;
	/** The child on the path that was last shown. */
	shownChildId: TurnId | undefined;
}

/**
 * A conversation: a tree of turns, one path of which is shown.
 *
 * Invariants: only records change it; a record that was applied before, or does not fit, changes nothing.
 */
export class Conversation {
	readonly header: ChatHeader;
	readonly #nodes = new Map<TurnId, TreeNode>();
	readonly #rootIds: TurnId[] = [];
	#headId: TurnId | undefined;
	#title: { readonly text: string; readonly by: "user" | "model" } | undefined;
	#pinned = false;
	#queued: StoredUserTurn | undefined;

	constructor(header: ChatHeader) {
		this.header = header;
	}

	get id(): ChatId {
		return this.header.id;
	}

	/** The last turn of the shown path. */
	get headId(): TurnId | undefined {
		return this.#headId;
	}

	get pinned(): boolean {
		return this.#pinned;
	}

	/** The title from the user or the model. */
	get givenTitle(): { readonly text: string; readonly by: "user" | "model" } | undefined {
		return this.#title;
	}

	get queued(): StoredUserTurn | undefined {
		return this.#queued;
	}

	/** Yields all turns that are not deleted, parents first. */
	*turns(): Generator<{ readonly turn: TreeTurn; readonly parentId: TurnId | null }, void> {
		yield* this.#nodesFrom(this.#rootIds);
	}

	/** Returns whether a turn has this id, even if it is deleted or queued. */
	has(id: TurnId): boolean {
		return this.#nodes.has(id) || this.#queued?.id === id;
	}

	/** Returns the turn, unless it or a turn above it is deleted. */
	turn(id: TurnId): TreeTurn | undefined {
		return this.#isShown(id) ? this.#nodes.get(id)?.turn : undefined;
	}

	/** Returns the turn above; `null` if `id` begins the conversation. */
	parentOf(id: TurnId): TurnId | null {
		return this.#nodes.get(id)?.parentId ?? null;
	}

	/** Returns the turns from the first to the head. */
	path(): readonly TreeTurn[] {
		const path: TreeTurn[] = [];
		for (
			let node = this.#headId === undefined ? undefined : this.#nodes.get(this.#headId);
			node;
			node = node.parentId === null ? undefined : this.#nodes.get(node.parentId)
		) {
			path.push(node.turn);
		}
		return path.reverse();
	}

	/** Returns the versions of a turn, itself included, that are not deleted, oldest first. */
	versionsOf(id: TurnId): readonly TurnId[] {
		return this.#siblingIds(id).filter((sibling) => this.#nodes.get(sibling)?.deleted === false);
	}

	/** Returns the end of the path through `id` that was last shown. */
	leafBelow(id: TurnId): TurnId {
		let leaf = id;
		for (let next: TurnId | undefined = id; next !== undefined; next = this.nextBelow(leaf)) {
			leaf = next;
		}
		return leaf;
	}

	/** Returns the child that was last shown, or the newest one if that child is deleted. */
	nextBelow(id: TurnId): TurnId | undefined {
		const node = this.#nodes.get(id);
		const isAlive = (child: TurnId): boolean => this.#nodes.get(child)?.deleted === false;
		const shown = node?.shownChildId;
		return shown !== undefined && isAlive(shown) ? shown : node?.childIds.findLast(isAlive);
	}

	/** Returns how many turns a deletion of `id` would hide, itself included. */
	countBelow(id: TurnId): number {
		return [...this.#nodesFrom([id])].length;
	}

	/** Applies a record. @returns whether it changed the conversation */
	apply(record: ChatRecord): boolean {
		switch (record.type) {
			case "turn":
				return this.#add(record.turn, record.parentId);
			case "text":
				return this.#change(record.turnId, (answer) => {
					if (answer[record.channel].length !== record.offset || record.text === "") {
						return false;
					}
					answer[record.channel] += record.text;
					return true;
				});
			case "thoughtEnded":
				return this.#change(record.turnId, (answer) => {
					answer.thoughtDurationMs = record.durationMs;
					return true;
				});
			case "ended":
				return this.#change(record.turnId, (answer) => {
					answer.outcome = record.outcome;
					return true;
				});
			case "continued":
				return this.#change(record.turnId, (answer) => {
					answer.outcome = null;
					return true;
				});
			case "deleted":
				return this.#delete(record.turnId, record.deleted);
			case "head":
				return this.#show(record.turnId);
			case "title":
				if (record.by === "model" && this.#title?.by === "user") {
					return false;
				}
				this.#title = record.text === "" ? undefined : { text: record.text, by: record.by };
				return true;
			case "pinned":
				this.#pinned = record.pinned;
				return true;
			case "queued":
				this.#queued = record.message ?? undefined;
				return true;
			default:
				return assertNever(record);
		}
	}

	/** Yields nodes and all nodes below them that are not deleted, parents first. */
	*#nodesFrom(ids: readonly TurnId[]): Generator<TreeNode, void> {
		const waiting = [...ids].reverse();
		for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
			const node = this.#nodes.get(id);
			if (node && !node.deleted) {
				yield node;
				for (const childId of [...node.childIds].reverse()) {
					waiting.push(childId);
				}
			}
		}
	}

	#add(turn: TreeTurn, parentId: TurnId | null): boolean {
		const parent = parentId === null ? undefined : this.#nodes.get(parentId);
		if (this.#nodes.has(turn.id)) {
			return this.#headId !== turn.id && this.#show(turn.id);
		}
		if (parentId !== null && !parent) {
			return false;
		}
		this.#nodes.set(turn.id, {
			turn: turn.role === "user" ? turn : { ...turn },
			parentId,
			childIds: [],
			deleted: false,
			shownChildId: undefined,
		});
		(parent ? parent.childIds : this.#rootIds).push(turn.id);
		return this.#show(turn.id);
	}

	#change(turnId: TurnId, change: (answer: GrowingAnswer) => boolean): boolean {
		const turn = this.#nodes.get(turnId)?.turn;
		return turn?.role === "assistant" && change(turn);
	}

	/** Deletes or restores a turn. If the shown path leads through a deleted turn, the path now ends above it. */
	#delete(turnId: TurnId, deleted: boolean): boolean {
		const node = this.#nodes.get(turnId);
		if (!node) {
			return false;
		}
		const isCut = deleted && this.path().some(({ id }) => id === turnId);
		const isChanged = isCut && this.#show(node.parentId);
		const wasDeleted = node.deleted;
		node.deleted = deleted;
		return isChanged || wasDeleted !== deleted;
	}

	#show(turnId: TurnId | null): boolean {
		if (turnId !== null && !this.#nodes.has(turnId)) {
			return false;
		}
		const before = this.#headId;
		this.#headId = turnId ?? undefined;
		let childId = turnId;
		while (childId !== null) {
			const parentId: TurnId | null = this.parentOf(childId);
			const parent = parentId === null ? undefined : this.#nodes.get(parentId);
			if (parent) {
				parent.shownChildId = childId;
			}
			// Stop at the previous head: its ancestors already show the path to it.
			childId = parentId === before ? null : parentId;
		}
		return true;
	}

	#siblingIds(id: TurnId): readonly TurnId[] {
		const parentId = this.parentOf(id);
		return parentId === null ? this.#rootIds : (this.#nodes.get(parentId)?.childIds ?? []);
	}

	#isShown(id: TurnId): boolean {
		let node = this.#nodes.get(id);
		while (node && !node.deleted && node.parentId !== null) {
			node = this.#nodes.get(node.parentId);
		}
		return node?.deleted === false;
	}
}
