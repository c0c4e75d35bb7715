import { withLineFeeds } from "../../protocol/text/lineFeeds";
import { type Block, BlockGrouper, groupBlocks } from "./block";
import { cutBlock } from "./cutBlock";
import { type LinkDefinitions, lexMarkdown } from "./lexMarkdown";
import type { MarkdownToken } from "./formula/formulaTokens";
import { contextAfter, decidedLength, type LineContext } from "./undecided";

/** The result of parsing the text so far. */
export interface Split {
	/** The blocks that can no longer change and were not reported before, in order. */
	readonly closed: readonly Block[];
	/** The text after them as parsed now, without parts that may parse differently once their line is complete. */
	readonly open: readonly Block[];
}

/** The length of open text, in UTF-16 units, up to which it is parsed as a whole each time. */
const defaultLongLength = 2000;
/** Longer text that cannot be cut is parsed again after it has grown by this share of its length. */
const regrowth = 1 / 24;
/**
 * The same share for a list or table that was cut, because a browser visits all its items or rows to lay out one more.
 */
const cutRegrowth = 1 / 100;

/**
 * Splits a growing Markdown text into blocks that can no longer change and those that can.
 *
 * Invariant: only complete lines decide where a block ends, so a partial line (`*` that will become `**bold**`) never
 * closes the list above it, and never shows as something else. The blocks are those of the whole text, unless
 * `mustBeReadAgain` says otherwise.
 *
 * Cost: each parse covers only the open text. If that is longer than `longLength`, a list, a table, or fenced code is
 * cut, and all but its last item, row, or chunk is closed as an unfinished block. What cannot be cut (a paragraph, a
 * quote, one huge item) is parsed again only after it has grown by a 24th, a cut list or table after a 100th. So all
 * parses together cost a fixed number of passes over the text, however long it becomes.
 */
export class BlockSplitter {
	readonly #longLength: number;
	/** The labels are chosen by the model, so the object has no prototype. */
	readonly #links = Object.create(null) as LinkDefinitions;
	readonly #grouper = new BlockGrouper();
	/** The text after `#grouper` that belongs to no closed block. */
	#tail = "";
	/** The length of the source in `#grouper`, in UTF-16 units. */
	#heldLength = 0;
	/**
	 * After a cut inside a long block: that block, the length of the part that was cut off, and the prefix with which the tail parses as the rest of the block.
	 */
	#cut:
		{ readonly token: MarkdownToken; readonly length: number; readonly prefix: string } | undefined;
	/** The construct at the end of the tail's complete lines. */
	#context: LineContext = "text";
	#lengthAtLastLook = 0;
	/** Whether a line was completed since the last parse. */
	#hasNewLine = false;
	/** Whether the text ends in a carriage return whose line feed may follow. */
	#pendingReturn = false;
	#mustBeReadAgain = false;

	/** @param longLength in UTF-16 units */
	constructor(longLength = defaultLongLength) {
		this.#longLength = longLength;
	}

	append(text: string): void {
		const received = this.#pendingReturn ? `\r${text}` : text;
		this.#pendingReturn = received.endsWith("\r");
		const complete = this.#pendingReturn ? received.slice(0, -1) : received;
		const lines = withLineFeeds(complete);
		this.#tail += lines;
		this.#hasNewLine ||= lines.includes("\n");
	}

	/**
	 * Whether reported blocks may differ from those of the whole text: because of a link definition, which also applies
	 * to earlier blocks, or because a cut list became loose.
	 */
	get mustBeReadAgain(): boolean {
		return this.#mustBeReadAgain;
	}

	/** Returns the new blocks; `undefined` if too little text has arrived to parse again. */
	split(): Split | undefined {
		const growth = this.#openLength - this.#lengthAtLastLook;
		if (growth === 0 || growth < this.#growthWorthALook) {
			return undefined;
		}
		const closed = this.#hasNewLine ? this.#close() : [];
		this.#hasNewLine = false;
		this.#lengthAtLastLook = this.#openLength;
		const decided = decidedLength(this.#tail, this.#context);
		return { closed, open: this.#open(this.#tail.slice(0, decided), true) };
	}

	/** Returns all remaining blocks, closed by the end of the text. */
	end(): readonly Block[] {
		if (this.#pendingReturn) {
			this.#tail += "\n";
			this.#pendingReturn = false;
		}
		const closed = this.#close();
		return [...closed, ...this.#open(this.#tail, false)];
	}

	get #openLength(): number {
		return this.#heldLength + this.#tail.length;
	}

	get #growthWorthALook(): number {
		const whole = this.#openLength > this.#longLength ? this.#openLength * regrowth : 0;
		const cut = this.#cut && this.#cut.token.type !== "code" ? this.#cut.length * cutRegrowth : 0;
		return Math.max(whole, cut);
	}

	get #prefix(): string {
		return this.#cut?.prefix ?? "";
	}

	/** @param hasMore whether more text may follow */
	#open(text: string, hasMore: boolean): Block[] {
		const [first, ...others] = this.#lex(this.#prefix + text, hasMore);
		const open = first ? [this.#adopt(first), ...others] : [];
		return groupBlocks([...this.#grouper.held, ...open], this.#cut !== undefined);
	}

	#close(): Block[] {
		const source = this.#prefix + this.#tail.slice(0, this.#tail.lastIndexOf("\n") + 1);
		const tokens = this.#lex(source);
		const open = tokens.findLastIndex((token) => token.type !== "space");
		this.#context = contextAfter(tokens[open]);
		const blocks: Block[] = [];
		let end = 0;
		for (const token of tokens.slice(0, Math.max(open, 0))) {
			if (!source.startsWith(token.raw, end)) {
				// The lexer's record of its source is not exact. Open text is still shown, and the end of the text corrects it.
				this.#mustBeReadAgain = true;
				return blocks;
			}
			end += token.raw.length;
			const block = this.#closeToken(token);
			this.#drop(token.raw.length);
			if (block) {
				blocks.push(block);
			}
		}
		const last = tokens[open];
		if (last && source.startsWith(last.raw, end)) {
			blocks.push(...this.#cutLong(last));
		}
		return blocks;
	}

	#lex(source: string, hasMore = false): readonly MarkdownToken[] {
		const { tokens, links } = lexMarkdown(source, this.#links, hasMore);
		this.#mustBeReadAgain ||= Object.keys(links).some((label) => !(label in this.#links));
		return tokens;
	}

	#closeToken(token: MarkdownToken): Block | undefined {
		if (token.type === "def") {
			this.#links[token.tag] ??= { href: token.href, title: token.title };
		}
		const block = this.#grouper.add(this.#adopt(token), this.#cut !== undefined);
		this.#heldLength = this.#grouper.held.length > 0 ? this.#heldLength + token.raw.length : 0;
		return block;
	}

	#cutLong(token: MarkdownToken): Block[] {
		if (this.#tail.length <= this.#longLength || this.#grouper.held.length > 0) {
			return [];
		}
		const cut = cutBlock(this.#adopt(token));
		if (!cut) {
			return [];
		}
		const before = this.#cut;
		this.#drop(cut.length);
		const length = (before?.length ?? 0) + cut.length;
		this.#cut = { token: cut.closed, length, prefix: cut.prefix };
		return [{ tokens: [cut.closed], continues: before !== undefined, unfinished: true }];
	}

	/** A list that is loose in one part is loose in the next. */
	#adopt(token: MarkdownToken): MarkdownToken {
		if (token.type !== "list" || this.#cut?.token.type !== "list") {
			return token;
		}
		const wasLoose = this.#cut.token.loose;
		this.#mustBeReadAgain ||= token.loose && !wasLoose;
		return { ...token, loose: token.loose || wasLoose };
	}

	/** Removes `length` units of source, including the prefix, from the front. */
	#drop(length: number): void {
		this.#tail = this.#tail.slice(length - this.#prefix.length);
		this.#cut = undefined;
	}
}
