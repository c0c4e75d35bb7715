import { codeAround } from "./code/codeBlock";

/** The events by the action of a button in a code block. */
const events: Readonly<Record<string, string>> = {
	copy: "copy-text",
	insert: "insert-code",
	diagram: "open-diagram",
};

/**
 * Reports the user's actions in rendered Markdown as bubbling events: "open-link" {url}, "copy-text" {text}, "insert-
 * code" {text}, and "open-diagram" {text}.
 *
 * @param signal stops the reports
 */
export function reportActions(host: HTMLElement, signal: AbortSignal): void {
	const report = (event: Event): void => {
		const target = event.target instanceof Element ? event.target : undefined;
		const link = target?.closest("a[data-href]");
		const action = target?.closest("button[data-action]");
		if (link) {
			event.preventDefault();
			dispatch(link, "open-link", { url: link.getAttribute("data-href") ?? "" });
		} else if (action) {
			const name = events[action.getAttribute("data-action") ?? ""];
			if (name !== undefined) {
				dispatch(action, name, { text: codeAround(action) });
			}
		}
	};
	host.addEventListener("click", report, { signal });
	host.addEventListener(
		"keydown",
		(event) => {
			// A native button turns Enter into a click; a link without `href` does not.
			if (event.key === "Enter" && event.target instanceof HTMLAnchorElement) {
				report(event);
			}
		},
		{ signal },
	);
}

function dispatch(from: Element, type: string, detail: Readonly<Record<string, string>>): void {
	from.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, detail }));
}
