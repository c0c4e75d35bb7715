import { RawHtml } from "./inline/rawHtml";
import type { MarkdownToken } from "./formula/formulaTokens";

/** A top-level block of the document, or a part of one that is too long to stay open as a whole. */
export interface Block {
	/** One token, or several if raw HTML such as `<details>` has Markdown between its tags. */
	readonly tokens: readonly MarkdownToken[];
	/** Whether its items, rows, or lines continue those of the block before it. */
	readonly continues: boolean;
	/** Whether the next block continues it. */
	readonly unfinished: boolean;
}

/** Groups top-level tokens into blocks. Tokens between the tags of raw HTML belong to one block. */
export class BlockGrouper {
	#held: MarkdownToken[] = [];
	#raw = new RawHtml();

	/** The tokens before the end tag of their raw HTML. */
	get held(): readonly MarkdownToken[] {
		return this.#held;
	}

	/** Returns the block that `token` completes, if any. */
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

	/** Returns the remaining tokens as a block without its end tag. */
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

/** Returns the blocks of a complete document. */
export function groupBlocks(tokens: readonly MarkdownToken[], continues = false): Block[] {
	const grouper = new BlockGrouper();
	const blocks = tokens.map((token, index) => grouper.add(token, continues && index === 0));
	return [...blocks, grouper.end()].filter((block) => block !== undefined);
}
