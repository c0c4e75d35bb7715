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
	for (const bar of copied.querySelectorAll(".md-code-bar")) {
		bar.remove();
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
