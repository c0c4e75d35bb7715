import type { HostPort } from "./hostPort";

/**
 * Reports to the host whether this page has the keyboard focus. VS Code reports only the focus of text editors to
 * extensions.
 */
export function reportFocus(port: HostPort): void {
	const report = (hasFocus: boolean): void => {
		port.send({ type: "focusMoved", hasFocus });
	};
	window.addEventListener("focus", () => {
		report(true);
	});
	window.addEventListener("blur", () => {
		report(false);
	});
	if (document.hasFocus()) {
		report(true);
	}
}
