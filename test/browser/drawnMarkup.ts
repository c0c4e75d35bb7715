import { allowedMarkup } from "../support/markdown/allowedMarkup";

/** The elements that our renderer adds to an answer, and the attributes that they may have. */
const ours: readonly (readonly [selector: string, attributes: string])[] = [
	["a[data-href][role=link]", "data-href role tabindex title class"],
	["div.md-part", "class"],
	["figure.md-code", "class data-language dir"],
	["figure > div.md-code-bar", "class"],
	[".md-code-bar > span.md-code-language", "class"],
	[".md-code-bar > button.md-code-button", "type class title aria-label data-action"],
	["button > span.codicon, a.md-image > span.codicon", "class aria-hidden"],
	[".md-code > pre", "tabindex role aria-label"],
	[".md-code code span", "class"],
	["div.md-table", "class tabindex role aria-label"],
	["table.md-long-table", "class style"],
	["li", "class"],
	["span.md-formula", "class data-tex"],
	[".md-formula > span.md-formula-source", "class aria-hidden"],
	["li input.md-task[type=checkbox][disabled]", "type class disabled checked aria-label"],
];

/** The MathML that KaTeX draws for a formula. */
const mathAttributes =
	"display xmlns class mathvariant mathcolor mathbackground mathsize stretchy fence separator lspace rspace minsize maxsize movablelimits accent accentunder linethickness columnalign columnspacing columnlines rowspacing rowlines rowalign frame framespacing side width height depth voffset displaystyle scriptlevel notation symmetric form largeop";
const isMath = (element: Element): boolean =>
	element.namespaceURI === "http://www.w3.org/1998/Math/MathML" &&
	element.matches(".md-formula > math, .md-formula > math *") &&
	!element.matches("maction, annotation, annotation-xml, semantics, merror");

/** The form of the values of attributes that could do harm or deceive. */
const values: Readonly<Record<string, RegExp>> = {
	class:
		/^(?:(?:md|codicon|hljs)[\w-]*|\w+_)(?: (?:(?:md|codicon|hljs)[\w-]*|\w+_))*$|^language-\w+$/,
	"data-href": /^https?:\/\//,
	"data-action": /^(?:copy|insert|diagram)$/,
	style:
		/^--md-columns: (?:minmax\(calc\(\d+ch \+ 2em\), \d+fr\) ?)+; --md-width: calc\([\dchem +]+\);$/,
	dir: /^(?:auto|ltr|rtl)$/,
	role: /^(?:link|group)$/,
	tabindex: /^0$/,
	type: /^(?:button|checkbox)$/,
};

/** Returns the attributes that an answer may give to an element. */
const ofItsElement = (element: string): readonly string[] | undefined => allowedMarkup.get(element);

/** Returns the attributes of all elements. Alone, the sanitizer allows each on every element. */
export const ofAnyElement = (element: string): readonly string[] | undefined =>
	allowedMarkup.has(element) ? [...allowedMarkup.values()].flat() : undefined;

/**
 * Returns the elements and attributes below `host` that a model may not write and our renderer does not add.
 *
 * @param writable returns the attributes that a model may write on an element; `undefined` for a forbidden element
 */
export function foreignMarkup(host: Element, writable = ofItsElement): string[] {
	const found: string[] = [];
	for (const element of host.getElementsByTagName("*")) {
		const { localName } = element;
		if (isMath(element)) {
			const names = [...element.attributes].map(({ name }) => name);
			const others = names.filter((name) => !mathAttributes.split(" ").includes(name));
			found.push(...others.map((name) => `<${localName} ${name}>`));
			continue;
		}
		const isHtml = element.namespaceURI === "http://www.w3.org/1999/xhtml";
		const written = unwritten.has(localName) ? undefined : writable(localName);
		const added = written && element.attributes.length === 0 ? [] : attributesOfOurs(element);
		if (!isHtml || (!written && added.length === 0) || element.shadowRoot) {
			found.push(`<${localName}>`);
		}
		for (const { name, value } of element.attributes) {
			const isKnown = written !== undefined || added.length > 0;
			// Our renderer sets the text direction of any element.
			const isAllowed =
				written?.includes(name) === true || added.includes(name) || (name === "dir" && isKnown);
			if (!isAllowed || values[name]?.test(value) === false) {
				found.push(`<${localName} ${name}="${value}">`);
			}
		}
	}
	return found;
}

/** Elements that a model may write, but that are drawn as our own elements. */
const unwritten = new Set(["a", "img"]);

function attributesOfOurs(element: Element): string[] {
	return ours
		.filter(([selector]) => element.matches(selector))
		.flatMap(([, attributes]) => attributes.split(" "));
}
