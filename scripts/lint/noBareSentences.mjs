import { useOf } from "./stringUse.mjs";
import { templateText } from "./templateText.mjs";

/** @typedef {import("eslint").Rule.Node} RuleNode */

const word = "\\p{L}[\\p{L}\\p{M}’'-]*";
/** Two words, or a word and a value: `\0` stands for a value. */
const prose = new RegExp(
	`(?:^|[^\\p{L}\\p{N}_./-])(?:${word}[.,:;!?…”]?\\s+[(“]?(?:${word}|\\0)|\\0[.,:;!?…”]?\\s+[(“]?${word})(?![\\p{L}\\p{N}_/=-])`,
	"u",
);
/** What a button or a heading says: "Retry", "Today". */
const capitalized = /^\p{Lu}[\p{Ll}’-]{2,}[….!?:]?$/u;
/** Names that are the same in every language, and keys of the keyboard. */
const names =
	/^(?:Enter|Escape|Tab|Home|End|Backspace|Space|Shift|Control|Alt|Meta|Markdown|Vulkan|Metal|Ollama|Windows|Mermaid|GitHub|Authorization|Accept|Basic|Bearer)$/;
/** A selector, an address, or a directive of a content security policy is no sentence. */
const code = /^(?:[.#[][\w-]|\w+:\/\/|[a-z]+-(?:src|uri|action) )/;
const letter = /\p{L}/u;

/**
 * Sentences that a person reads stand in `t`, `tParts` or `plural`. What looks like one and is none is for a log, an
 * `Error`, a comparison or a program.
 *
 * @type {import("eslint").Rule.RuleModule}
 */
export const noBareSentences = {
	meta: {
		type: "problem",
		schema: [],
		messages: { bare: "A person reads this: write it as t(…), tParts(…) or plural(…)." },
	},
	create(context) {
		/** Expressions of Lit templates, and whether a person reads their values. @type {WeakMap<object, boolean>} */
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
						// Behind the backtick or the brace.
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
