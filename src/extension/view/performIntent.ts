import type { UserIntent } from "./viewChannel";

/** The intent of one type, with its data. */
export type IntentOf<T extends UserIntent["type"]> = Extract<UserIntent, { readonly type: T }>;

/** One handler for each type of intent. A new type without a handler does not compile. */
export type IntentHandlers = {
	readonly [T in UserIntent["type"]]: (intent: IntentOf<T>) => Promise<void> | void;
};

/** Calls the handler of an intent. */
export function performIntent(handlers: IntentHandlers, intent: UserIntent): Promise<void> | void {
	// The compiler cannot see that the handler and the intent have the same type.
	const handle = handlers[intent.type] as (intent: UserIntent) => Promise<void> | void;
	return handle(intent);
}
