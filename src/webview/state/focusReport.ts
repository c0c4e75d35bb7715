import type { HostPort } from "./hostPort";

/** Tells the host whether this page has the keyboard's focus: VS Code tells extensions only of text editors. */
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
