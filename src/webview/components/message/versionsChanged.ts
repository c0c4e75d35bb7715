import type { TurnId } from "../../../protocol/chat/ids";

/**
 * Tells Lit whether the versions of a turn changed. Every change of the path creates a new list, mostly with the same
 * content.
 */
export function versionsChanged(
	now: readonly TurnId[] | undefined,
	before: readonly TurnId[] | undefined,
): boolean {
	return now?.join() !== before?.join();
}
