import { Tokenizer, type Tokens } from "marked";
import { addressEnd } from "./addressEnd";
import { type EmphasisPair, pairEmphasis } from "./emphasisPairs";
import { beforeInventedTag } from "./inventedTags";
import { characterBefore } from "./scripts";

/** Reads marks that the product treats differently from marked (18.2). */
export class MarkdownTokenizer extends Tokenizer {
	/** By masked text, because marked continues with a text after it has read the emphasis in it as a separate text. */
	readonly #pairs = new Map<string, ReadonlyMap<number, EmphasisPair>>();
	/** The runs of text being read, outermost first. */
	readonly #runs: string[] = [];

	override emStrong(source: string, maskedText: string): Tokens.Em | Tokens.Strong | undefined {
		const pair = this.#pairAt(source, maskedText);
		if (!pair || pair.type === "del") {
			return undefined;
		}
		return { type: pair.type, ...this.#within(source, pair) };
	}

	override del(source: string, maskedText: string): Tokens.Del | undefined {
		const pair = this.#pairAt(source, maskedText);
		return pair?.type === "del" ? { type: "del", ...this.#within(source, pair) } : undefined;
	}

	override blockquote(source: string): Tokens.Blockquote | undefined {
		return /^ {0,3}>/.test(source) ? super.blockquote(beforeInventedTag(source)) : undefined;
	}

	/** Reads a link definition, but not a footnote definition, which would remove its text from the page. */
	override def(source: string): Tokens.Def | undefined {
		return /^ {0,3}\[\^/.test(source) ? undefined : super.def(source);
	}

	override lheading(source: string): Tokens.Heading | undefined {
		return super.lheading(beforeInventedTag(source));
	}

	override table(source: string): Tokens.Table | undefined {
		return super.table(beforeInventedTag(source));
	}

	/** Reads an address in angle brackets; `<ns:name>` is a tag. */
	override autolink(source: string): Tokens.Link | undefined {
		return /^<[\w.-]+:[a-z_][\w.-]*>/i.test(source) ? undefined : super.autolink(source);
	}

	/** Reads a bare web or email address, whose beginning marked's rules find. */
	override url(source: string): Tokens.Link | undefined {
		const { run } = this;
		const end = addressEnd(source, characterBefore(run, run.length - source.length));
		if (end === undefined) {
			return /^[\w.+-]+[@:]/.test(source) ? super.url(source) : undefined;
		}
		const raw = source.slice(0, end);
		return {
			type: "link",
			raw,
			text: raw,
			href: /^www\./i.test(raw) ? `http://${raw}` : raw,
			autolink: true,
			tokens: [{ type: "text", raw, text: raw }],
		};
	}

	/** The run being read, from its beginning. */
	get run(): string {
		return this.#runs.at(-1) ?? "";
	}

	/** Calls `read` with the beginning of `run`, because a mark can depend on the text before it. */
	reading<Result>(run: string, read: () => Result): Result {
		this.#runs.push(run);
		try {
			return read();
		} finally {
			this.#runs.pop();
		}
	}

	#pairAt(source: string, maskedText: string): EmphasisPair | undefined {
		if (!/^[*_~]/.test(source)) {
			return undefined;
		}
		let pairs = this.#pairs.get(maskedText);
		if (!pairs) {
			pairs = pairEmphasis(maskedText).pairs;
			this.#pairs.set(maskedText, pairs);
		}
		return pairs.get(maskedText.length - source.length);
	}

	#within(source: string, { start, end, markLength }: EmphasisPair): Omit<Tokens.Em, "type"> {
		const raw = source.slice(0, end - start);
		const text = raw.slice(markLength, -markLength);
		return { raw, text, tokens: this.lexer.inlineTokens(text) };
	}
}
