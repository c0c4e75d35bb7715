/**
 * Returns whether a key press belongs to an input method that is composing a word: Enter accepts the word, and Escape
 * cancels it. Chromium reports the Enter that ends a composition with `keyCode` 229 and `isComposing` already false.
 */
export function isComposing(event: KeyboardEvent): boolean {
	const { keyCode } = event as { readonly keyCode?: number };
	return event.isComposing || keyCode === 229;
}
