import {
	getDefaults,
	Lexer,
	type Links,
	type MarkedOptions,
	type MarkedToken,
	type Token,
} from "marked";
import { startOfAddress } from "./addressEnd";
import { inventedTag, orInventedTag, startOfInventedTag } from "./inventedTags";
import { MarkdownTokenizer } from "./markdownTokenizer";

/** What `[label]: target` lines have defined so far, by label. */
export type LinkDefinitions = Links;

/** More delimiters than a paragraph for people has. */
const mostDelimiters = 3000;

/** What marked cannot see by itself. */
const extensions: NonNullable<MarkedOptions["extensions"]> = {
	renderers: {},
	childTokens: {},
	block: [inventedTag],
	startBlock: [startOfInventedTag],
	startInline: [startOfAddress],
};

/**
 * Reads each run of text in a time that its length bounds, and whatever stands before it.
 *
 * A run with too many delimiters is plain text: what stands in emphasis is read again as a run of its own, so that the
 * time grows with the depth, as a model that repeats itself makes it with 20,000 characters of `_**a`. And an `<a>` or `<code>`
 * without an end changes marked's reading (18.2) of all later runs, also in other blocks; here it ends with its own.
 */
class BoundedLexer extends Lexer {
	readonly #tokenizer: MarkdownTokenizer;
	#depth = 0;

	constructor(tokenizer: MarkdownTokenizer) {
		super({ ...getDefaults(), gfm: true, breaks: true, tokenizer, extensions });
		this.#tokenizer = tokenizer;
		const { other } = tokenizer.rules;
		const htmlBeginRegex = orInventedTag(other.htmlBeginRegex);
		tokenizer.rules = { ...tokenizer.rules, other: { ...other, htmlBeginRegex } };
	}

	override inlineTokens(source: string, tokens: Token[] = []): Token[] {
		if (this.#depth === 0) {
			this.state.inLink = false;
			this.state.inRawBlock = false;
		}
		this.#depth += 1;
		try {
			return this.#tokenizer.reading(source, () => this.#boundedTokens(source, tokens));
		} finally {
			this.#depth -= 1;
		}
	}

	#boundedTokens(source: string, tokens: Token[]): Token[] {
		if (source.length > mostDelimiters && countDelimiters(source) > mostDelimiters) {
			tokens.push({ type: "text", raw: source, text: source, escaped: false });
			return tokens;
		}
		return super.inlineTokens(source, tokens);
	}
}

function countDelimiters(source: string): number {
	return source.match(/[*_~]/g)?.length ?? 0;
}

/** What `lexMarkdown` found. */
export interface LexedMarkdown {
	readonly tokens: readonly MarkedToken[];
	/** The definitions given and those in the text. */
	readonly links: LinkDefinitions;
}

/**
 * GitHub's Markdown, with its rule for comments that a line break in the text is one on the page.
 *
 * @param links definitions that stand before `text`; not changed.
 */
export function lexMarkdown(text: string, links: LinkDefinitions): LexedMarkdown {
	const lexer = new BoundedLexer(new MarkdownTokenizer());
	Object.assign(lexer.tokens.links, links);
	try {
		// The extensions make tokens of marked's own types only.
		const tokens = lexer.lex(text) as MarkedToken[];
		return { tokens, links: lexer.tokens.links };
	} catch {
		// Thousands of nested quotes or lists overflow marked's recursion; the words must show all the same.
		const plain = { type: "text", raw: text, text, escaped: false } as const;
		return { tokens: [{ type: "paragraph", raw: text, text, tokens: [plain] }], links };
	}
}
