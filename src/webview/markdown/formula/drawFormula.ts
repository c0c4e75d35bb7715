import katex from "katex";

/** The most macro expansions in one formula; formulas for people have dozens. */
const mostExpansions = 500;

const mathNamespace = "http://www.w3.org/1998/Math/MathML";

/** The elements that KaTeX (0.19) produces for a formula. None of them loads anything or reacts to a click. */
const elements = new Set(
	"math mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd mstyle mpadded mphantom menclose".split(
		" ",
	),
);
const attributes = new Set(
	"display xmlns mathvariant mathcolor mathbackground mathsize stretchy fence separator lspace rspace minsize maxsize movablelimits accent accentunder linethickness columnalign columnspacing columnlines rowspacing rowlines rowalign frame framespacing side width height depth voffset displaystyle scriptlevel notation symmetric form largeop".split(
		" ",
	),
);

/**
 * Draws a formula as MathML, which browsers lay out and screen readers read without our fonts or styles.
 *
 * @param tex the formula without its delimiters; written by the model, so it is untrusted
 * @returns `undefined` if KaTeX does not know it, or if it needs more than plain MathML
 */
export function drawFormula(tex: string, isDisplay: boolean): Element | undefined {
	const host = document.createElement("span");
	try {
		katex.render(tex, host, {
			displayMode: isDisplay,
			output: "mathml",
			throwOnError: true,
			// Links, images and attributes: KaTeX would draw the name of the command, in red.
			trust: ({ command }) => {
				throw new Error(`${command} is not trusted`);
			},
			strict: "ignore",
			maxExpand: mostExpansions,
			maxSize: 20,
		});
	} catch {
		// KaTeX's message does not help the reader, so the source is shown.
		return undefined;
	}
	const math = host.querySelector("math");
	const [semantics] = math?.children ?? [];
	if (!math || semantics?.localName !== "semantics") {
		return undefined;
	}
	// The annotation is the source, which the page already has.
	semantics.replaceWith(...[...semantics.children].slice(0, 1));
	if (!isPlain(math)) {
		return undefined;
	}
	math.querySelectorAll("mtable").forEach(alignColumns);
	return math;
}

/** MathML Core leaves the alignment of columns to style sheets. */
function alignColumns(table: Element): void {
	const sides = (table.getAttribute("columnalign") ?? "").split(" ").filter(Boolean);
	for (const row of table.children) {
		for (const [column, cell] of [...row.children].entries()) {
			const side = sides[Math.min(column, sides.length - 1)];
			if (side === "left" || side === "right") {
				cell.setAttribute("class", `md-${side}`);
			}
		}
	}
}

function isPlain(math: Element): boolean {
	return [math, ...math.querySelectorAll("*")].every((element) => {
		for (const { name } of [...element.attributes]) {
			if (name === "style" || name === "class") {
				// Only looks; the page's policy forbids styles of elements.
				element.removeAttribute(name);
			} else if (!attributes.has(name)) {
				return false;
			}
		}
		return (
			element.namespaceURI === mathNamespace &&
			elements.has(element.localName) &&
			!isUndrawn(element)
		);
	});
}

/**
 * MathML Core has no lines between columns or through formulas, but without them a formula would mean something else.
 */
function isUndrawn(element: Element): boolean {
	const hasLines = /solid|dashed/.test(
		`${element.getAttribute("columnlines") ?? ""} ${element.getAttribute("rowlines") ?? ""}`,
	);
	return (
		hasLines || (element.localName === "menclose" && element.getAttribute("notation") !== "box")
	);
}
