import { codeChunks } from "./codeChunks";
import { t } from "../../../wording/localize";
import { readSelection } from "../keepSelection";

/**
 * Returns a code block with its toolbar. Its buttons work through `reportActions`, so the element can be patched.
 *
 * @param language the first word after the fence, as the model wrote it; may be empty
 * @param code shown unchanged
 */
export function createCodeBlock(language: string, code: string): HTMLElement {
	const label = languageLabel(language);
	const block = document.createElement("figure");
	block.className = "md-code";
	block.setAttribute("data-language", language);

	// Left to right, like the code.
	block.dir = "ltr";

	const bar = document.createElement("div");
	bar.className = "md-code-bar";
	const name = document.createElement("span");
	name.className = "md-code-language";
	name.textContent = label;
	bar.append(
		name,
		...(isDiagram(language) ? [toolButton(t("Open Diagram"), "diagram", "type-hierarchy")] : []),
		toolButton(t("Copy"), "copy"),
		toolButton(t("Insert at Cursor"), "insert"),
	);

	const frame = document.createElement("pre");
	frame.tabIndex = 0;
	frame.setAttribute("role", "group");
	frame.setAttribute("aria-label", label === "" ? t("Code") : t("Code, {0}", label));
	for (const chunk of codeChunks(code)) {
		const text = document.createElement("code");
		text.textContent = chunk;
		frame.append(text);
	}

	block.append(bar, frame);
	return block;
}

/** Returns the code of the block that contains `inside`, without its last line break. */
export function codeAround(inside: Element): string {
	const code = inside.closest(".md-code")?.querySelector("pre")?.textContent ?? "";
	return code.replace(/\n$/, "");
}

/** Replaces the content of a block by `content`, which has the same text, and keeps a selection in it. */
export function setCode(block: Element, content: Node): void {
	const frame = block.querySelector("pre");
	const [first, ...others] = frame?.children ?? [];
	if (frame && first) {
		const restoreSelection = readSelection(frame);
		first.replaceChildren(content);
		for (const part of others) {
			part.remove();
		}
		restoreSelection();
	}
}

/** Returns the name of a language for the toolbar: the model's word, unless it is `text` or similar. */
function languageLabel(language: string): string {
	return /^(?:text|txt|plain|plaintext)$/i.test(language) ? "" : language;
}

/** A diagram that VS Code's Markdown preview may be able to draw; the page says whether it is. */
function isDiagram(language: string): boolean {
	return language.toLowerCase() === "mermaid";
}

function toolButton(
	name: string,
	action: "copy" | "insert" | "diagram",
	icon: string = action,
): HTMLButtonElement {
	const button = document.createElement("button");
	button.type = "button";
	button.className = "md-code-button";
	button.title = name;
	button.setAttribute("aria-label", name);
	button.setAttribute("data-action", action);
	const glyph = document.createElement("span");
	glyph.className = `codicon codicon-${icon}`;
	glyph.setAttribute("aria-hidden", "true");
	button.append(glyph);
	return button;
}
