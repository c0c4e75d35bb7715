/** Elements that browsers leave out of a copy, because they are not drawn or not part of the conversation. */
const notCopied =
	".md-code-bar, details:not([open]) > :not(summary), button, vscode-button, .foot, .visually-hidden, [hidden]";

/**
 * Makes a manual copy contain the source of each formula, in its line. Browsers would copy the drawn parts into
 * separate lines.
 *
 * @param event a “copy” event of the page's selection
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

/** Returns the selected text with its line breaks, without the drawn parts of formulas. */
function textOf(selection: Selection): string {
	const { documentElement } = document;
	documentElement.classList.add("md-copying");
	try {
		return selection.toString();
	} finally {
		documentElement.classList.remove("md-copying");
	}
}
