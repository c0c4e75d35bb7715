import { Tokenizer, type Tokens } from "marked";
import { addressEnd } from "./addressEnd";
import { type EmphasisPair, pairEmphasis } from "./emphasisPairs";
import { beforeInventedTag } from "./inventedTags";
import { characterBefore } from "./scripts";

/** Reads the marks that this program reads otherwise than marked (18.2) does. */
export class MarkdownTokenizer extends Tokenizer {
	/** By masked text: a text is read on after the emphasis in it was read, which is a text of its own. */
	readonly #pairs = new Map<string, ReadonlyMap<number, EmphasisPair>>();
	/** What is being read, the outermost run of text first. */
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

	/** Reads a definition of a link, but none of a footnote, which would take its text off the page. */
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

	/** Reads a bare address or e-mail address, of which marked's rules find the beginning. */
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

	/** What is being read, from its beginning. */
	get run(): string {
		return this.#runs.at(-1) ?? "";
	}

	/** Calls `read`, which reads `run` from its beginning: a mark may depend on what stands before it. */
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
