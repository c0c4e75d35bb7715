import { useOf } from "./stringUse.mjs";
import { templateText } from "./templateText.mjs";

/** @typedef {import("eslint").Rule.Node} RuleNode */

const word = "\\p{L}[\\p{L}\\p{M}’'-]*";
/** Matches two words, or a word and a value, for which `\0` stands. */
const prose = new RegExp(
	`(?:^|[^\\p{L}\\p{N}_./-])(?:${word}[.,:;!?…”]?\\s+[(“]?(?:${word}|\\0)|\\0[.,:;!?…”]?\\s+[(“]?${word})(?![\\p{L}\\p{N}_/=-])`,
	"u",
);
/** Matches the text of a button or a heading: "Retry", "Today". */
const capitalized = /^\p{Lu}[\p{Ll}’-]{2,}[….!?:]?$/u;
/** Names that are the same in every language, and names of keys. */
const names =
	/^(?:Enter|Escape|Tab|Home|End|Backspace|Space|Shift|Control|Alt|Meta|Markdown|Vulkan|Metal|Ollama|Windows|Mermaid|GitHub|Authorization|Accept|Basic|Bearer)$/;
/** Matches selectors, addresses, and directives of a content security policy, which are not sentences. */
const code = /^(?:[.#[][\w-]|\w+:\/\/|[a-z]+-(?:src|uri|action) )/;
const letter = /\p{L}/u;

/**
 * Requires that sentences of the UI are arguments of `t`, `tParts`, or `plural`. Similar strings in logs, `Error`s,
 * comparisons, and
 * code for programs are allowed.
 *
 * @type {import("eslint").Rule.RuleModule}
 */
export const noBareSentences = {
	meta: {
		type: "problem",
		schema: [],
		messages: { bare: "Users read this: write it as t(…), tParts(…), or plural(…)." },
	},
	create(context) {
		/** Expressions in Lit templates, and whether their values are visible. @type {WeakMap<object, boolean>} */
		const inTemplates = new WeakMap();

		/** @param {RuleNode} node @param {string} text */
		const check = (node, text) => {
			const use = useOf(node, inTemplates);
			const plain = text.replace(/\$\([\w~-]+\)/g, "");
			if (use === "shown" ? letter.test(plain) : use === "unknown" && looksRead(plain)) {
				context.report({ node, messageId: "bare" });
			}
		};
		return {
			TaggedTemplateExpression(node) {
				if (node.tag.type !== "Identifier" || !/^(?:html|svg)$/.test(node.tag.name)) {
					return;
				}
				const { quasis, expressions } = node.quasi;
				const { bare, read } = templateText(quasis.map(({ value }) => value.cooked ?? value.raw));
				for (const { index, at } of bare) {
					const start = quasis[index]?.range?.[0];
					if (start !== undefined) {
						// After the backtick or the brace.
						const loc = context.sourceCode.getLocFromIndex(start + 1 + at);
						context.report({ loc, messageId: "bare" });
					}
				}
				for (const [index, expression] of expressions.entries()) {
					inTemplates.set(expression, read[index] ?? false);
				}
			},
			Literal(node) {
				if (typeof node.value === "string") {
					check(node, node.value);
				}
			},
			TemplateLiteral(node) {
				if (node.parent.type !== "TaggedTemplateExpression") {
					check(node, node.quasis.map(({ value }) => value.cooked ?? value.raw).join("\0"));
				}
			},
		};
	},
};

/** @param {string} text */
function looksRead(text) {
	if (text.startsWith("<")) {
		return templateText([text]).bare.length > 0;
	}
	return !code.test(text) && (prose.test(text) || (capitalized.test(text) && !names.test(text)));
}
