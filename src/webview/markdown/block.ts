import { RawHtml } from "./inline/rawHtml";
import type { MarkdownToken } from "./formula/formulaTokens";

/** A top-level block of the document, or a part of one that is too long to be held open as a whole. */
export interface Block {
	/** One token; several where raw HTML such as `<details>` has Markdown between its tags. */
	readonly tokens: readonly MarkdownToken[];
	/** Its items, rows or lines follow those of the block before it. */
	readonly continues: boolean;
	/** The next block continues it. */
	readonly unfinished: boolean;
}

/** Makes blocks of top-level tokens: those between the tags of raw HTML belong to one block. */
export class BlockGrouper {
	#held: MarkdownToken[] = [];
	#raw = new RawHtml();

	/** Tokens that wait for the end tag of their raw HTML. */
	get held(): readonly MarkdownToken[] {
		return this.#held;
	}

	/** @returns the block that `token` completes, if it does. */
	add(token: MarkdownToken, continues = false): Block | undefined {
		if (token.type === "space" || token.type === "def") {
			return undefined;
		}
		this.#held.push(token);
		if (token.type === "html") {
			this.#raw.write(token.text);
			this.#raw.endBlock();
		}
		return this.#raw.isContainerOpen ? undefined : this.#take(continues);
	}

	/** @returns what is left, as a block without its end tag. */
	end(): Block | undefined {
		return this.#held.length > 0 ? this.#take(false) : undefined;
	}

	#take(continues: boolean): Block {
		const tokens = this.#held;
		this.#held = [];
		this.#raw = new RawHtml();
		return { tokens, continues, unfinished: false };
	}
}

/** @returns the blocks of a document whose text has ended. */
export function groupBlocks(tokens: readonly MarkdownToken[], continues = false): Block[] {
	const grouper = new BlockGrouper();
	const blocks = tokens.map((token, index) => grouper.add(token, continues && index === 0));
	return [...blocks, grouper.end()].filter((block) => block !== undefined);
}
