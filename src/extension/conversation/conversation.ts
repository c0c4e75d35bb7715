import { assertNever } from "../../protocol/assertNever";
import type { ChatId, TurnId } from "../../protocol/chat/ids";
import type { ChatHeader, ChatRecord, StoredUserTurn } from "./chatRecord";
import type { GrowingAnswer, TreeTurn } from "./treeTurn";

interface TreeNode {
	readonly turn: TreeTurn;
	readonly parentId: TurnId | null;
	readonly childIds: TurnId[];
	deleted: boolean;
	/** The child that was shown last. */
	shownChildId: TurnId | undefined;
}

/**
 * A conversation as the tree of its turns, of which one path is shown.
 *
 * Invariants: it changes by records only; a record that was applied before, or does not fit, changes nothing.
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

	/** The last turn of the path that is shown. */
	get headId(): TurnId | undefined {
		return this.#headId;
	}

	get pinned(): boolean {
		return this.#pinned;
	}

	/** As a person or the model called it. */
	get givenTitle(): { readonly text: string; readonly by: "user" | "model" } | undefined {
		return this.#title;
	}

	get queued(): StoredUserTurn | undefined {
		return this.#queued;
	}

	/** All turns that are not deleted, parents first, each with its parent. */
	*turns(): Generator<{ readonly turn: TreeTurn; readonly parentId: TurnId | null }, void> {
		const waiting = [...this.#rootIds].reverse();
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

	/** Whether there is, or was, a turn of this id. */
	has(id: TurnId): boolean {
		return this.#nodes.has(id) || this.#queued?.id === id;
	}

	/** @returns the turn, unless it or one above it is deleted. */
	turn(id: TurnId): TreeTurn | undefined {
		return this.#isShown(id) ? this.#nodes.get(id)?.turn : undefined;
	}

	/** @returns the turn above; `null` if `id` begins the conversation. */
	parentOf(id: TurnId): TurnId | null {
		return this.#nodes.get(id)?.parentId ?? null;
	}

	/** @returns the turns from the first to the head. */
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

	/** @returns a turn and its siblings that are not deleted, oldest first. */
	versionsOf(id: TurnId): readonly TurnId[] {
		return this.#siblingIds(id).filter((sibling) => this.#nodes.get(sibling)?.deleted === false);
	}

	/** @returns the end of the path through `id` that was shown last. */
	leafBelow(id: TurnId): TurnId {
		let leaf = id;
		for (let next: TurnId | undefined = id; next !== undefined; next = this.nextBelow(leaf)) {
			leaf = next;
		}
		return leaf;
	}

	/** @returns the child that was shown last, of those that are not deleted. */
	nextBelow(id: TurnId): TurnId | undefined {
		const node = this.#nodes.get(id);
		const isAlive = (child: TurnId): boolean => this.#nodes.get(child)?.deleted === false;
		const shown = node?.shownChildId;
		return shown !== undefined && isAlive(shown) ? shown : node?.childIds.findLast(isAlive);
	}

	/** @returns how many turns are deleted with `id`, itself included. */
	countBelow(id: TurnId): number {
		const waiting = [id];
		let count = 0;
		for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
			const node = this.#nodes.get(next);
			if (node && !node.deleted) {
				count += 1;
				for (const childId of node.childIds) {
					waiting.push(childId);
				}
			}
		}
		return count;
	}

	/** Applies one record. @returns whether it changed something. */
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

	/** A path that leads through a turn ends above it when it is deleted. */
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
			// What is above the turn that was the head before is on its path already.
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
