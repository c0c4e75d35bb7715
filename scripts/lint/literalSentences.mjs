import { localizeModule, sentenceFunctions } from "./sentenceFunctions.mjs";

/** @typedef {import("eslint").Rule.Node} RuleNode */

/**
 * Requires that sentences of `t`, `tParts`, and `plural` can be found and translated: they are whole literals, their placeholders
 * have values, and they are requested after the language is known.
 *
 * @type {import("eslint").Rule.RuleModule}
 */
export const literalSentences = {
	meta: {
		type: "problem",
		schema: [],
		messages: {
			literal: "Write the whole sentence as a string literal, so that it can be translated.",
			trimmed: "Remove the space at the start or end of the sentence.",
			values: "The placeholders do not match the values: {{ expected }}.",
			called: "Call {{ name }} directly with its sentence, so that the sentence is found.",
			early: "Move this call into a function: the language is not known yet when the module loads.",
		},
	},
	create(context) {
		/** @param {RuleNode} identifier @param {string} name */
		const check = (identifier, name) => {
			const shape = sentenceFunctions.get(name);
			const call = identifier.parent;
			if (!shape || !call) {
				return;
			}
			if (call.type !== "CallExpression" || call.callee !== identifier) {
				context.report({ node: identifier, messageId: "called", data: { name } });
				return;
			}
			if (isAtModuleLevel(call)) {
				context.report({ node: call, messageId: "early" });
			}
			const end = shape.first + shape.count;
			const texts = [];
			for (const sentence of call.arguments.slice(shape.first, end)) {
				if (sentence.type !== "Literal" || typeof sentence.value !== "string") {
					context.report({ node: sentence, messageId: "literal" });
				} else if (sentence.value === "" || sentence.value.trim() !== sentence.value) {
					context.report({ node: sentence, messageId: "trimmed" });
				} else {
					texts.push(sentence.value);
				}
			}
			const values = call.arguments.slice(end);
			if (texts.length < shape.count || values.some(({ type }) => type === "SpreadElement")) {
				return;
			}
			const expected = values.map((_, index) => `{${index + shape.valuesFrom}}`);
			const used = new Set(texts.flatMap((text) => text.match(/\{\d+\}/g) ?? []));
			if (shape.valuesFrom === 1) {
				used.delete("{0}");
			}
			if (used.size !== expected.length || !expected.every((value) => used.has(value))) {
				const named = expected.length > 0 ? expected.join(", ") : "none";
				context.report({ node: call, messageId: "values", data: { expected: named } });
			}
		};
		return {
			ImportDeclaration(node) {
				if (!localizeModule.test(String(node.source.value))) {
					return;
				}
				for (const specifier of node.specifiers) {
					if (specifier.type !== "ImportSpecifier" || specifier.imported.type !== "Identifier") {
						continue;
					}
					const { name } = specifier.imported;
					for (const variable of context.sourceCode.getDeclaredVariables(specifier)) {
						for (const { identifier } of variable.references) {
							check(/** @type {RuleNode} */ (identifier), name);
						}
					}
				}
			},
		};
	},
};

/**
 * @param {RuleNode} node
 * @returns {boolean} whether it runs while its module loads
 */
function isAtModuleLevel(node) {
	const { parent } = node;
	if (!parent || /^(?:Program|Decorator)$/.test(parent.type)) {
		return true;
	}
	const isLater =
		parent.type.includes("Function") ||
		(parent.type === "PropertyDefinition" && !parent.static && parent.value === node);
	return !isLater && isAtModuleLevel(parent);
}
