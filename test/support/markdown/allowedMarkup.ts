/*
 * The HTML that a model may write. This list is written by hand and compared with the code, so that nothing is added there
 * without a reason given here.
 */

/** Elements, by why each is harmless. */
const elementsByReason: Readonly<Record<string, string>> = {
	"text on lines of its own": "p h1 h2 h3 h4 h5 h6",
	"words that stand out": "b strong em i u s del ins mark small sub sup",
	"says what words are": "abbr cite code dfn kbd samp var q time",
	"helps to read a script or to break a line": "bdi bdo ruby rp rt wbr br",
	"a rule between blocks": "hr",
	"an item among others": "ul ol li dl dt dd",
	"rows and columns": "table caption thead tbody tfoot tr th td",
	"a group of blocks or words without behaviour": "blockquote div figure figcaption pre span",
	"folds away by the browser's own doing, which reaches nothing outside": "details summary",
	"is drawn without an address to follow: a click only tells the host of an http or https address":
		"a",
	"is never loaded: it becomes a link to what it names": "img",
};

/** Attributes and the elements that may have them, by why they are harmless. */
const attributesByReason: readonly (readonly [because: string, names: string, elements: string])[] =
	[
		["becomes `data-href`, which nothing follows", "href", "a"],
		["becomes `data-href` of a link, which nothing loads", "src", "img"],
		["is text", "alt", "img"],
		["is text that shows below the link's true address", "title", "a img"],
		["is text", "title", "abbr"],
		["moves text inside its own block", "align", "div h1 h2 h3 h4 h5 h6 p table th td"],
		["joins cells of its own table", "colspan rowspan", "th td"],
		["counts the items of its own list", "start reversed", "ol"],
		["counts the items of its own list", "value", "li"],
		["says how details begin, which the reader changes", "open", "details"],
		["is a date in writing", "datetime", "time"],
		["turns the direction of its own words", "dir", "bdo"],
	];

/** Attributes that are dropped silently, because readers lose nothing with them. */
export const droppedAttributes: readonly string[] = words(
	"class id width height target rel loading decoding lang border cellpadding cellspacing valign",
);

/** Elements whose content is shown as it is written, up to their end tag: a browser would not parse HTML in it. */
export const opaqueElements: readonly string[] = words(
	"script style textarea title xmp iframe noembed noframes noscript template svg math object select",
);

/** Schemes that links may open. */
export const openableSchemes: readonly string[] = ["http", "https"];

/** Each element that a model may write, with its allowed attributes, sorted. */
export const allowedMarkup: ReadonlyMap<string, readonly string[]> = new Map(
	Object.values(elementsByReason)
		.flatMap(words)
		.map((element) => [
			element,
			attributesByReason
				.filter(([, , elements]) => words(elements).includes(element))
				.flatMap(([, names]) => words(names))
				.sort(),
		]),
);

function words(list: string): string[] {
	return list.split(" ");
}
