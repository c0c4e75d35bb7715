import { setCode } from "./codeBlock";
import type { highlight as highlightWithGrammars } from "./highlight";

/**
 * Longer code is not highlighted. highlight.js cannot pause, and one task must not block the page for more than 50 ms:
 * it takes 1 ms for 1,000 characters, twice that on a busy machine.
 */
const maxHighlightedLength = 20_000;
/**
 * Code with a longer line, in characters, is not highlighted, because some grammars look ahead to the end of the line
 * at each of them.
 */
const maxHighlightedLine = 2_000;

type Highlight = typeof highlightWithGrammars;

/**
 * Highlights finished code blocks when the page is idle, each once and each in a separate task. The grammars are loaded
 * with the first block; if loading fails, code stays plain.
 */
export class HighlightQueue {
	readonly #waiting: Element[] = [];
	#cancel: (() => void) | undefined;

	/** @param root contains finished code blocks */
	add(root: Element): void {
		const blocks = root.matches(".md-code") ? [root] : root.querySelectorAll(".md-code");
		this.#waiting.push(...blocks);
		this.#schedule();
	}

	dispose(): void {
		this.#waiting.length = 0;
		this.#cancel?.();
	}

	#schedule(): void {
		if (this.#cancel || this.#waiting.length === 0) {
			return;
		}
		this.#cancel = whenIdle(() => {
			void this.#highlightNext();
		});
	}

	async #highlightNext(): Promise<void> {
		const { highlight } = await import("./highlight").catch(() => ({ highlight: undefined }));
		const block = this.#waiting.shift();
		if (highlight && block?.isConnected) {
			highlightBlock(block, highlight);
		}
		this.#cancel = undefined;
		this.#schedule();
	}
}

function highlightBlock(block: Element, highlight: Highlight): void {
	const text = block.querySelector("pre")?.textContent ?? "";
	const language = block.getAttribute("data-language") ?? "";
	const nodes = isHighlightable(text) ? highlight(text, language) : undefined;
	if (nodes) {
		setCode(block, nodes);
	}
}

function isHighlightable(text: string): boolean {
	return (
		text.length <= maxHighlightedLength &&
		text.split("\n").every((line) => line.length <= maxHighlightedLine)
	);
}

/** Schedules a task. @returns a function that cancels it */
function whenIdle(task: () => void): () => void {
	if (typeof requestIdleCallback === "function") {
		const handle = requestIdleCallback(task, { timeout: 500 });
		return () => {
			cancelIdleCallback(handle);
		};
	}
	const handle = setTimeout(task);
	return () => {
		clearTimeout(handle);
	};
}
