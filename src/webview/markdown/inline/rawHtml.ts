import { escapeLiteral, escapeText } from "./escapeHtml";
import { imageHtml, linkStart } from "./linkHtml";

const align = ["align"] as const;
const cell = ["align", "colspan", "rowspan"] as const;

/** The HTML elements and attributes that a model may use. */
export const allowedHtml: ReadonlyMap<string, readonly string[]> = new Map(
	Object.entries({
		...{ a: ["href", "title"], abbr: ["title"], b: [], bdi: [], bdo: ["dir"], blockquote: [] },
		...{ br: [], caption: [], cite: [], code: [], dd: [], del: [], details: ["open"], dfn: [] },
		...{ div: align, dl: [], dt: [], em: [], figcaption: [], figure: [], h1: align, h2: align },
		...{ h3: align, h4: align, h5: align, h6: align, hr: [], i: [], img: ["src", "alt", "title"] },
		...{ ins: [], kbd: [], li: ["value"], mark: [], ol: ["start", "reversed"], p: align, pre: [] },
		...{ q: [], rp: [], rt: [], ruby: [], s: [], samp: [], small: [], span: [], strong: [] },
		...{ sub: [], summary: [], sup: [], table: align, tbody: [], td: cell, tfoot: [], th: cell },
		...{ thead: [], time: ["datetime"], tr: [], u: [], ul: [], var: [], wbr: [] },
	}),
);

/** Attributes that only decorate or that we set ourselves. Without them, readers miss nothing. */
const ignoredAttributes = new Set(
	"class id width height target rel loading decoding lang border cellpadding cellspacing valign".split(
		" ",
	),
);

/** Elements that may begin in one block and end in a later one, with Markdown between. */
const containers = new Set(["details", "div", "blockquote", "figure"]);
const voidElements = new Set(["br", "hr", "img", "wbr"]);
/** Elements whose content is not HTML or not prose; it is shown as source up to their end tag. */
export const opaqueElements: ReadonlySet<string> = new Set(
	"script style textarea title xmp iframe noembed noframes noscript template svg math object select".split(
		" ",
	),
);

const tagPattern =
	/<(?:\/([a-z][a-z\d-]*)\s*|([a-z][a-z\d-]*)((?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*\/?)>/gi;
const attributePattern = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;

/**
 * Rewrites the HTML of one run of tokens: allowed tags become clean and balanced, and everything else is shown as
 * source.
 *
 * Invariant: every `<` in the output was written here; none is copied from the source.
 */
export class RawHtml {
	/** The open elements, outermost first. */
	readonly #open: string[] = [];
	/** The opaque element whose end tag is expected. */
	#opaque: string | undefined;

	/** Whether a container is open, so that the following blocks belong to it. */
	get isContainerOpen(): boolean {
		return this.#open.some((tag) => containers.has(tag));
	}

	/** Whether the next text is content of a script or similar element. */
	get isOpaque(): boolean {
		return this.#opaque !== undefined;
	}

	/** Returns the clean form of `source`, which may contain several tags and text between them. */
	write(source: string): string {
		let html = "";
		let end = 0;
		for (const match of source.matchAll(tagPattern)) {
			html += this.#text(source.slice(end, match.index));
			html += this.#tag(match[0], match[1]?.toLowerCase(), match[2]?.toLowerCase(), match[3] ?? "");
			end = match.index + match[0].length;
		}
		return html + this.#text(source.slice(end));
	}

	/** Closes what must not outlive its block: a link with its content, and everything inside the innermost container. */
	endBlock(): string {
		this.#opaque = undefined;
		const link = this.#open.indexOf("a");
		const outside = link < 0 ? this.#open : this.#open.slice(0, link);
		return this.#closeDownTo(outside.findLastIndex((tag) => containers.has(tag)) + 1);
	}

	/** Closes everything. */
	end(): string {
		this.#opaque = undefined;
		return this.#closeDownTo(0);
	}

	#text(source: string): string {
		return this.isOpaque ? escapeLiteral(source) : escapeText(source);
	}

	#tag(
		source: string,
		endTag: string | undefined,
		startTag: string | undefined,
		attributes: string,
	): string {
		if (this.#opaque !== undefined) {
			if (endTag === this.#opaque) {
				this.#opaque = undefined;
			}
			return escapeLiteral(source);
		}
		if (endTag !== undefined) {
			const depth = this.#open.lastIndexOf(endTag);
			return depth < 0 ? escapeLiteral(source) : this.#closeDownTo(depth);
		}
		return this.#start(source, startTag ?? "", attributes);
	}

	#start(source: string, tag: string, attributeSource: string): string {
		const allowed = allowedHtml.get(tag);
		const attributes = allowed && parseAttributes(attributeSource, allowed);
		if (!attributes) {
			if (opaqueElements.has(tag)) {
				this.#opaque = tag;
			}
			return escapeLiteral(source);
		}
		if (tag === "img") {
			const { src = "", alt = "", title } = Object.fromEntries(attributes);
			return imageHtml(escapeText(src), escapeText(alt || src), title);
		}
		if (!voidElements.has(tag)) {
			this.#open.push(tag);
		}
		if (tag === "a") {
			const { href = "", title } = Object.fromEntries(attributes);
			return linkStart(escapeText(href), title);
		}
		const written = attributes.map(([name, value]) => ` ${name}="${escapeText(value)}"`);
		return `<${tag}${written.join("")}>`;
	}

	#closeDownTo(depth: number): string {
		return this.#open
			.splice(depth)
			.reverse()
			.map((tag) => `</${tag}>`)
			.join("");
	}
}

/** Returns the allowed attributes by name; `undefined` if there is a forbidden one. */
function parseAttributes(
	source: string,
	allowed: readonly string[],
): (readonly [string, string])[] | undefined {
	const attributes: (readonly [string, string])[] = [];
	for (const [, rawName = "", double, single, bare] of source.matchAll(attributePattern)) {
		const name = rawName.toLowerCase();
		if (allowed.includes(name)) {
			attributes.push([name, double ?? single ?? bare ?? ""]);
		} else if (!ignoredAttributes.has(name)) {
			return undefined;
		}
	}
	return attributes;
}
