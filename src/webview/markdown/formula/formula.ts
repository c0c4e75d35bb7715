import type { drawFormula as DrawFormula } from "./drawFormula";

/** The number of drawn formulas that are kept for redraws of their blocks. */
const mostKept = 500;

let draw: typeof DrawFormula | undefined;
let loading: Promise<void> | undefined;
const kept = new Map<string, Element | undefined>();

/**
 * Creates the element of a formula. The renderer is loaded with the first formula. Until then, and if it cannot be
 * drawn, its source is shown. The source stays on the page, too small to see, because a copy contains it.
 *
 * @param source the formula with its delimiters
 * @param tex the formula without them
 */
export function createFormula(source: string, tex: string, isDisplay: boolean): HTMLElement {
	const element = document.createElement("span");
	element.className = isDisplay ? "md-formula md-formula-display" : "md-formula";
	element.dir = "ltr";
	element.setAttribute("data-tex", tex);
	element.textContent = source;
	if (draw) {
		fill(element);
	} else {
		loading ??= load();
	}
	return element;
}

async function load(): Promise<void> {
	// If loading fails, formulas stay as their source.
	({ drawFormula: draw } = await import("./drawFormula").catch(() => ({ drawFormula: undefined })));
	for (const element of document.querySelectorAll<HTMLElement>(".md-formula")) {
		fill(element);
	}
}

function fill(element: HTMLElement): void {
	const tex = element.getAttribute("data-tex") ?? "";
	const math = drawn(tex, element.classList.contains("md-formula-display"));
	if (math && element.childElementCount === 0) {
		const source = document.createElement("span");
		source.className = "md-formula-source";
		source.setAttribute("aria-hidden", "true");
		source.textContent = element.textContent;
		element.replaceChildren(source, math);
	}
}

function drawn(tex: string, isDisplay: boolean): Node | undefined {
	const key = `${isDisplay ? "display" : "inline"} ${tex}`;
	if (!kept.has(key)) {
		if (kept.size >= mostKept) {
			kept.clear();
		}
		kept.set(key, draw?.(tex, isDisplay));
	}
	return kept.get(key)?.cloneNode(true);
}
