import { getDefaults, Hooks, Lexer, type Links, type Token } from "marked";
import { startOfAddress } from "./inline/addressEnd";
import { formulaExtensions, type MarkdownToken } from "./formula/formulaTokens";
import { inventedTag, orInventedTag, startOfInventedTag } from "./inline/inventedTags";
import { MarkdownTokenizer } from "./inline/markdownTokenizer";

/** What `[label]: target` lines have defined so far, by label. */
export type LinkDefinitions = Links;

/** More delimiters than a paragraph for people has. */
const mostDelimiters = 3000;

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

	constructor(tokenizer: MarkdownTokenizer, openText: string | undefined) {
		const formulas = formulaExtensions(() => tokenizer.run, openText);
		const hooks = new Hooks();
		hooks.emStrongMask = formulas.mask;
		const extensions = {
			renderers: {},
			childTokens: {},
			block: [formulas.block, inventedTag],
			startBlock: [formulas.startBlock, startOfInventedTag],
			inline: [formulas.inline],
			startInline: [formulas.startInline, startOfAddress],
		};
		super({ ...getDefaults(), gfm: true, breaks: true, tokenizer, extensions, hooks });
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
	readonly tokens: readonly MarkdownToken[];
	/** The definitions given and those in the text. */
	readonly links: LinkDefinitions;
}

/**
 * GitHub's Markdown, with its rule for comments that a line break in the text is one on the page.
 *
 * @param links definitions that stand before `text`; not changed.
 * @param isOpen whether more text may come behind `text`
 */
export function lexMarkdown(text: string, links: LinkDefinitions, isOpen = false): LexedMarkdown {
	const lexer = new BoundedLexer(new MarkdownTokenizer(), isOpen ? text : undefined);
	Object.assign(lexer.tokens.links, links);
	try {
		// Beside tokens of marked's own types, the extensions make formulas only.
		const tokens = lexer.lex(text) as MarkdownToken[];
		return { tokens, links: lexer.tokens.links };
	} catch {
		// Thousands of nested quotes or lists overflow marked's recursion; the words must show all the same.
		const plain = { type: "text", raw: text, text, escaped: false } as const;
		return { tokens: [{ type: "paragraph", raw: text, text, tokens: [plain] }], links };
	}
}
