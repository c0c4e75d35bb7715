/**
 * Keeps the browser from acting on a key that a vscode-button acts on, too: version 2.5 leaves it to that. Space would
 * scroll, and Enter end up in the textbox that was given the focus.
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
