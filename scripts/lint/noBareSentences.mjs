import { sentenceFunctions } from "./sentenceFunctions.mjs";
import { templateText } from "./templateText.mjs";

/** @typedef {import("eslint").Rule.Node} RuleNode */

/** Functions of VS Code whose every string is shown. */
const showing =
	/^(?:show(?:Information|Warning|Error)Message|showQuickPick|showInputBox|setStatusBarMessage|withProgress)$/;
/** Properties, of options and of things of VS Code and the page, that are shown or read out. */
const shown =
	/^(?:label|description|detail|placeHolder|placeholder|prompt|title|tooltip|ariaLabel|ariaDescription|openLabel|saveLabel|textContent|innerText|alt)$/;
/** Properties and functions whose words are for programs. */
const technical =
	/^(?:className|classList|cssText|icon|querySelector|querySelectorAll|closest|matches|executeCommand|createOutputChannel|register\w*|get|has|update|split|join|replace|replaceAll|startsWith|endsWith|includes|DOMException|RegExp)$/;
const word = "\\p{L}[\\p{L}\\p{M}’'-]*";
/** Two words, or a word and a value: `\0` stands for a value. */
const prose = new RegExp(
	`(?:^|[^\\p{L}\\p{N}_./-])(?:${word}[.,:;!?…”]?\\s+[(“]?(?:${word}|\\0)|\\0[.,:;!?…”]?\\s+[(“]?${word})(?![\\p{L}\\p{N}_/=-])`,
	"u",
);
/** What a button or a heading says: "Retry", "Today". */
const capitalized = /^\p{Lu}[\p{Ll}’]{2,}…?$/u;
/** Names that are the same in every language, and keys of the keyboard. */
const names =
	/^(?:Enter|Escape|Tab|Home|End|Delete|Backspace|Space|Shift|Control|Alt|Meta|Markdown|Vulkan|Metal|Ollama|Windows|Mermaid|GitHub|Authorization|Accept|Basic|Bearer)$/;
/** A selector, markup, or an address is no sentence. */
const code = /^(?:[.#[][\w-]|<|\w+:\/\/)/;
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
				for (const index of bare) {
					const quasi = quasis[index];
					if (quasi) {
						context.report({ node: quasi, messageId: "bare" });
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
	return !code.test(text) && (prose.test(text) || (capitalized.test(text) && !names.test(text)));
}

/**
 * @param {RuleNode} text
 * @param {WeakMap<object, boolean>} inTemplates
 * @returns {"shown" | "technical" | "unknown"} what becomes of a string
 */
function useOf(text, inTemplates) {
	/** @type {"shown" | "unknown"} */
	let use = "unknown";
	// Once something stands between a string and the place that shows it, the string need not be shown.
	let isValue = true;
	for (let node = text, outer = text.parent; ; node = outer, outer = outer.parent) {
		const inTemplate = inTemplates.get(node);
		if (inTemplate !== undefined) {
			return use === "shown" || (inTemplate && isValue) ? "shown" : inTemplate ? use : "technical";
		}
		if (!outer) {
			return use;
		}
		const found = step(node, outer, isValue);
		if (found === "technical") {
			return "technical";
		}
		if (found === "shown") {
			use = "shown";
		}
		if (found === "end") {
			return use;
		}
		isValue &&= found === "passed";
	}
}

/**
 * @param {RuleNode} node
 * @param {RuleNode} outer its parent
 * @param {boolean} isValue whether the value of `node` can be the string
 * @returns {"technical" | "shown" | "passed" | "used" | "end"} what `outer` does with the string
 */
function step(node, outer, isValue) {
	switch (outer.type) {
		case "BinaryExpression":
			return outer.operator === "+" ? "passed" : "technical";
		case "SwitchCase":
			return outer.test === node ? "technical" : "end";
		case "MemberExpression":
			// A list of words is one string that is split.
			return outer.property === node || nameIs(outer.property, /^split$/) ? "technical" : "used";
		case "ConditionalExpression":
			return outer.test === node ? "used" : "passed";
		case "LogicalExpression":
		case "ArrayExpression":
		case "TemplateLiteral":
		case "AwaitExpression":
			return "passed";
		case "Property":
		case "PropertyDefinition":
			if (outer.key === node) {
				return "technical";
			}
			return nameIs(outer.key, technical)
				? "technical"
				: isValue && nameIs(outer.key, shown)
					? "shown"
					: "used";
		case "AssignmentExpression": {
			const { left } = outer;
			const target = left.type === "MemberExpression" ? left.property : left;
			return nameIs(target, technical)
				? "technical"
				: isValue && nameIs(target, shown)
					? "shown"
					: "used";
		}
		case "NewExpression":
			return nameIs(outer.callee, /^(?:\w*Error|RegExp|DOMException)$/) &&
				!nameIs(outer.callee, /^UserError$/)
				? "technical"
				: "used";
		case "CallExpression":
			return ofCall(node, outer, isValue);
		case "Program":
		case "BlockStatement":
		case "FunctionDeclaration":
		case "FunctionExpression":
		case "ClassBody":
			return "end";
		case "ArrowFunctionExpression":
			return outer.body === node ? "used" : "end";
		default:
			if (/^TSLiteralType$|^Import|^Export\w*Declaration$/.test(outer.type)) {
				return "technical";
			}
			return /^TS(?:As|Satisfies|NonNull)/.test(outer.type) ? "passed" : "used";
	}
}

/**
 * @param {RuleNode} node
 * @param {import("estree").CallExpression} call that has it as an argument
 * @param {boolean} isValue
 */
function ofCall(node, call, isValue) {
	const { callee } = call;
	if (callee === node) {
		return "used";
	}
	if (callee.type === "MemberExpression") {
		const { object, property } = callee;
		if (
			/log$|console$/i.test(nameOf(object)) ||
			nameIs(property, technical) ||
			nameIs(object, technical)
		) {
			return "technical";
		}
		return isValue && nameIs(property, showing) ? "shown" : "used";
	}
	const sentence = sentenceFunctions.get(nameOf(callee));
	if (sentence) {
		const index = call.arguments.indexOf(/** @type {import("estree").Expression} */ (node));
		const isSentence = index >= sentence.first && index < sentence.first + sentence.count;
		return isSentence ? "technical" : "used";
	}
	return nameIs(callee, technical)
		? "technical"
		: isValue && nameIs(callee, showing)
			? "shown"
			: "used";
}

/** @param {import("estree").Node} node @param {RegExp} pattern */
function nameIs(node, pattern) {
	return pattern.test(nameOf(node));
}

/** @param {import("estree").Node} node */
function nameOf(node) {
	switch (node.type) {
		case "Identifier":
		case "PrivateIdentifier":
			return node.name;
		case "MemberExpression":
			return nameOf(node.property);
		case "Literal":
			return String(node.value);
		default:
			return "";
	}
}
