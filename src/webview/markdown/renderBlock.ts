import DOMPurify, { type Config } from "dompurify";
import { t } from "../../wording/localize";
import { createCodeBlock } from "./code/codeBlock";
import { createFormula } from "./formula/formula";
import { placeRows, rowsOf } from "./longTable";
import { openableUrl } from "./inline/linkPolicy";
import { allowedHtml } from "./inline/rawHtml";
import { giveDirections } from "./inline/textDirection";

/** The names of `blockHtml`'s placeholders; raw HTML of the model cannot contain them. */
const placeholderAttributes =
	"data-code data-formula data-href data-image data-rows data-task data-tex".split(" ");

const sanitizing: Config & { RETURN_DOM_FRAGMENT: true } = {
	RETURN_DOM_FRAGMENT: true,
	// `body` is the root that DOMPurify walks but never returns; if it is not allowed, all of it is cloned first.
	ALLOWED_TAGS: ["body", ...[...allowedHtml.keys()].filter((tag) => tag !== "img")],
	ALLOWED_ATTR: [
		...[
			"align",
			"colspan",
			"datetime",
			"dir",
			"open",
			"reversed",
			"rowspan",
			"start",
			"title",
			"value",
		],
		...placeholderAttributes,
	],
	// Texts and placeholders, which the browser never follows as addresses.
	ADD_URI_SAFE_ATTR: [...placeholderAttributes, "title"],
	ALLOW_DATA_ATTR: false,
	ALLOW_ARIA_ATTR: false,
};

/**
 * Turns the HTML of `blockHtml` into nodes that are safe to show.
 *
 * The HTML is already free of anything that the model may not write. It passes through DOMPurify all the same, so that
 * one mistake is not enough. Links have no `href`: they report to the host through an event (`reportActions`).
 *
 * @throws {Error} if DOMPurify does not work, because unsanitized HTML is never shown
 */
export function renderBlock(html: string): DocumentFragment {
	if (!DOMPurify.isSupported) {
		throw new Error("DOMPurify is not supported here");
	}
	const fragment = DOMPurify.sanitize(html, sanitizing);
	giveDirections(fragment);
	fragment.querySelectorAll("pre[data-code]").forEach((pre) => {
		pre.replaceWith(createCodeBlock(pre.getAttribute("data-code") ?? "", pre.textContent));
	});
	fragment.querySelectorAll("[data-formula]").forEach(finishFormula);
	fragment.querySelectorAll("a").forEach(finishLink);
	fragment.querySelectorAll("[data-task]").forEach(finishTask);
	fragment.querySelectorAll<HTMLTableElement>("table[data-rows]").forEach(divideRows);
	fragment.querySelectorAll("table").forEach(makeScrollable);
	return fragment;
}

function finishFormula(placeholder: Element): void {
	const tex = placeholder.getAttribute("data-tex") ?? "";
	const isDisplay = placeholder.getAttribute("data-formula") === "display";
	placeholder.replaceWith(createFormula(placeholder.textContent, tex, isDisplay));
}

function finishLink(link: HTMLAnchorElement): void {
	const target = link.getAttribute("data-href") ?? "";
	const url = openableUrl(target);
	if (url === undefined) {
		const text = link.textContent;
		const says = text === target || `mailto:${text}` === target || target === "";
		link.replaceWith(...link.childNodes, says ? "" : ` (${target})`);
		return;
	}
	// The address comes first, because the title is the model's, and can be long.
	const title = link.title ? `${url}\n${link.title}` : url;
	link.setAttribute("data-href", url);
	link.setAttribute("role", "link");
	link.setAttribute("tabindex", "0");
	link.setAttribute("title", title);
	if (link.hasAttribute("data-image")) {
		link.removeAttribute("data-image");
		link.className = "md-image";
		const icon = document.createElement("span");
		icon.className = "codicon codicon-file-media";
		icon.setAttribute("aria-hidden", "true");
		link.prepend(icon);
	}
}

function finishTask(placeholder: Element): void {
	const item = placeholder.closest("li");
	const checkbox = document.createElement("input");
	checkbox.type = "checkbox";
	checkbox.disabled = true;
	checkbox.className = "md-task";
	checkbox.toggleAttribute("checked", placeholder.getAttribute("data-task") === "x");
	checkbox.setAttribute("aria-label", lineAfter(placeholder));
	item?.classList.add("md-task-item");
	placeholder.replaceWith(checkbox);
}

/** Returns the text beside a node, up to the first block below it. */
function lineAfter(start: Node): string {
	let text = "";
	for (let node = start.nextSibling; node; node = node.nextSibling) {
		if (
			node instanceof Element &&
			node.matches("ul, ol, p, blockquote, pre, figure, table, .md-code")
		) {
			break;
		}
		text += node.textContent ?? "";
	}
	return text.trim();
}

function divideRows(table: HTMLTableElement): void {
	table.removeAttribute("data-rows");
	const rows = rowsOf(table);
	table.tBodies[0]?.replaceChildren();
	placeRows(table, 0, rows);
}

/** Makes a wide table scroll, also by keyboard, so that the message stays as narrow as the view. */
function makeScrollable(table: HTMLTableElement): void {
	const scroller = document.createElement("div");
	scroller.className = "md-table";
	scroller.tabIndex = 0;
	scroller.setAttribute("role", "group");
	scroller.setAttribute("aria-label", t("Table"));
	table.replaceWith(scroller);
	scroller.append(table);
}
