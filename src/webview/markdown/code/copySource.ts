/** What the browser leaves out of a copy by itself: what is not drawn, or not of the conversation. */
const notCopied =
	".md-code-bar, details:not([open]) > :not(summary), button, vscode-button, .foot, .visually-hidden, [hidden]";

/**
 * Has a copy by hand hold each drawn formula as its source, in its line. By itself the browser puts what is drawn into
 * lines of its own.
 *
 * @param event a "copy" of the page's selection
 */
export function copyFormulasAsSource(event: ClipboardEvent): void {
	const selection = getSelection();
	if (!selection?.rangeCount || !event.clipboardData) {
		return;
	}
	const copied = selection.getRangeAt(0).cloneContents();
	const formulas = copied.querySelectorAll(".md-formula");
	if (formulas.length === 0) {
		return;
	}
	for (const formula of formulas) {
		formula.replaceWith(
			formula.querySelector(".md-formula-source")?.textContent ?? formula.textContent,
		);
	}
	for (const hidden of copied.querySelectorAll(notCopied)) {
		hidden.remove();
	}
	const host = document.createElement("div");
	host.append(copied);
	event.clipboardData.setData("text/html", host.innerHTML);
	event.clipboardData.setData("text/plain", textOf(selection));
	event.preventDefault();
}

/** @returns what is selected, with line breaks as the page has them, without what is drawn of formulas. */
function textOf(selection: Selection): string {
	const { documentElement } = document;
	documentElement.classList.add("md-copying");
	try {
		return selection.toString();
	} finally {
		documentElement.classList.remove("md-copying");
	}
}
