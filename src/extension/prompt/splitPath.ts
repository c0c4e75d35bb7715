import type { TurnId } from "../../protocol/chat/ids";
import type { TreeTurn } from "../conversation/treeTurn";

/** Returns the turns that the model sees. @param visibleFrom the first of them; `undefined` for all */
export function visiblePath(
	path: readonly TreeTurn[],
	visibleFrom: TurnId | undefined,
): readonly TreeTurn[] {
	const first = path.findIndex(({ id }) => id === visibleFrom);
	return first < 0 ? path : path.slice(first);
}

/**
 * Splits a path into turns that no longer change, trailing messages without an answer, which the model reads together
 * with the next message, and the reply that is growing.
 */
export function splitPath(path: readonly TreeTurn[]): {
	readonly closed: readonly TreeTurn[];
	readonly open: readonly TreeTurn[];
	readonly growing: string;
} {
	const last = path.at(-1);
	const running = last?.role === "assistant" && last.outcome === null ? last : undefined;
	const ended = running ? path.slice(0, -1) : path;
	const answered = running
		? ended.length
		: ended.findLastIndex((turn) => turn.role === "assistant" && turn.reply !== "") + 1;
	return {
		closed: ended.slice(0, answered),
		open: ended.slice(answered),
		growing: running?.reply ?? "",
	};
}
