/**
 * Prevents the browser's action for keys that a vscode-button handles itself, which version 2.5 does not do. Space
 * would scroll the page, and Enter would reach the textbox that just received the focus.
 */
export function keepToButton(event: KeyboardEvent): void {
	if (
		(event.key === "Enter" || event.key === " ") &&
		event.target instanceof Element &&
		event.target.localName === "vscode-button"
	) {
		event.preventDefault();
	}
}
