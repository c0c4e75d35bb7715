import type { TurnId } from "../../../protocol/chat/ids";

/**
 * Tells Lit whether the versions of a turn changed: they come as a new list with every change of the path, mostly the
 * same as before.
 */
export function versionsChanged(
	now: readonly TurnId[] | undefined,
	before: readonly TurnId[] | undefined,
): boolean {
	return now?.join() !== before?.join();
}
