import { setCode } from "./codeBlock";
import type { highlight as highlightWithGrammars } from "./highlight";

/**
 * Longer code stays plain. highlight.js cannot pause, and one task must not hold the page for more than 50 ms:
 * it takes 1 ms for 1,000 characters, twice that on a busy machine.
 */
const maxHighlightedLength = 20_000;
/** So does code with a longer line, in characters: some grammars look ahead to the line's end at each of them. */
const maxHighlightedLine = 2_000;

type Highlight = typeof highlightWithGrammars;

/**
 * Highlights finished code blocks, each once and each in a task of its own, when the page is idle. The grammars
 * are loaded with the first block; where they cannot be, code stays plain.
 */
export class HighlightQueue {
	readonly #waiting: Element[] = [];
	#cancel: (() => void) | undefined;

	/** @param root holds finished blocks of code. */
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

/** @returns what calls it off. */
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
