import { getDefaults, Hooks, Lexer, type Links, type Token } from "marked";
import { startOfAddress } from "./inline/addressEnd";
import { formulaExtensions, type MarkdownToken } from "./formula/formulaTokens";
import { inventedTag, orInventedTag, startOfInventedTag } from "./inline/inventedTags";
import { MarkdownTokenizer } from "./inline/markdownTokenizer";

/** The definitions of `[label]: target` lines so far, by label. */
export type LinkDefinitions = Links;

/** More delimiters than any paragraph for people has. */
const mostDelimiters = 3000;

/**
 * Reads each run of text in a time bounded by its length, whatever is before it.
 *
 * A run with too many delimiters is plain text. Otherwise, the text inside emphasis is read again as a run, and the
 * time grows with the depth, as when a model repeats `_**a` for 20,000 characters. An `<a>` or `<code>` without an end
 * changes how marked (18.2) reads all later runs, also in other blocks; here, its effect ends with its run.
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

/** The result of `lexMarkdown`. */
export interface LexedMarkdown {
	readonly tokens: readonly MarkdownToken[];
	/** The given definitions and those in the text. */
	readonly links: LinkDefinitions;
}

/**
 * Parses GitHub Flavored Markdown, with GitHub's rule for comments that a line break in the text is a line break on the
 * page.
 *
 * @param links the definitions before `text`; not changed
 * @param isOpen whether more text may follow
 */
export function lexMarkdown(text: string, links: LinkDefinitions, isOpen = false): LexedMarkdown {
	const lexer = new BoundedLexer(new MarkdownTokenizer(), isOpen ? text : undefined);
	Object.assign(lexer.tokens.links, links);
	try {
		// Besides marked's own token types, the extensions create only formulas.
		const tokens = lexer.lex(text) as MarkdownToken[];
		return { tokens, links: lexer.tokens.links };
	} catch {
		// Thousands of nested quotes or lists overflow marked's recursion, but the words must be shown.
		const plain = { type: "text", raw: text, text, escaped: false } as const;
		return { tokens: [{ type: "paragraph", raw: text, text, tokens: [plain] }], links };
	}
}
