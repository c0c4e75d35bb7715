import { sentenceFunctions } from "./sentenceFunctions.mjs";
import { readAttributes } from "./templateText.mjs";

/** @typedef {import("eslint").Rule.Node} RuleNode */

/** Functions of VS Code that show all of their strings. */
const showing =
	/^(?:show(?:Information|Warning|Error)Message|showQuickPick|showInputBox|setStatusBarMessage|withProgress)$/;
/** Properties of options, of VS Code's objects, and of the page that are shown or read out. */
const shown =
	/^(?:label|description|detail|placeHolder|placeholder|prompt|title|tooltip|ariaLabel|ariaDescription|openLabel|saveLabel|message|textContent|innerText|alt)$/;
/** Properties and functions whose strings are for programs. */
const technical =
	/^(?:note|className|classList|cssText|icon|querySelector|querySelectorAll|closest|matches|executeCommand|createOutputChannel|register\w*|get|has|update|split|join|replace|replaceAll|startsWith|endsWith|includes|DOMException|RegExp)$/;

/**
 * @param {RuleNode} text
 * @param {WeakMap<object, boolean>} inTemplates
 * @returns {"shown" | "technical" | "unknown"} how a string is used
 */
export function useOf(text, inTemplates) {
	/** @type {"shown" | "unknown"} */
	let use = "unknown";
	// A string that passes through another expression on its way is not necessarily shown.
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
 * @param {RuleNode} outer the parent of `node`
 * @param {boolean} isValue whether the value of `node` can be the string
 * @returns {"technical" | "shown" | "passed" | "used" | "end"} how `outer` uses the string
 */
function step(node, outer, isValue) {
	switch (outer.type) {
		case "BinaryExpression":
			return outer.operator === "+" ? "passed" : "technical";
		case "SwitchCase":
			return outer.test === node ? "technical" : "end";
		case "MemberExpression":
			// Words in one string that is split, or in a list that is searched for a value.
			return outer.property === node || nameIs(outer.property, /^(?:split|includes|indexOf)$/)
				? "technical"
				: "used";
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
			return nameIs(outer.key, technical) || isBugMessage(outer)
				? "technical"
				: isValue && nameIs(outer.key, shown)
					? "shown"
					: "used";
		case "AssignmentExpression": {
			const { left } = outer;
			const target = left.type === "MemberExpression" ? left.property : left;
			return nameIs(target, technical)
				? "technical"
				: isValue && (nameIs(target, shown) || (left !== target && nameIs(target, /^text$/)))
					? "shown"
					: "used";
		}
		case "NewExpression":
			if (isValue && nameIs(outer.callee, /^(?:MarkdownString|TreeItem)$/)) {
				return "shown";
			}
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
 * @param {import("estree").CallExpression} call the call with `node` as an argument
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
		const [attribute] = call.arguments;
		if (nameIs(property, /^setAttribute$/) && attribute) {
			const isRead = node !== attribute && readAttributes.test(nameOf(attribute));
			return !isRead ? "technical" : isValue ? "shown" : "used";
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

/**
 * Returns whether a property is the message of an `internal` failure. Such a failure is a bug, and its message goes to the log.
 *
 * @param {RuleNode} property
 */
function isBugMessage(property) {
	return (
		property.type === "Property" &&
		nameIs(property.key, /^message$/) &&
		property.parent.type === "ObjectExpression" &&
		property.parent.properties.some(
			(other) =>
				other.type === "Property" &&
				nameIs(other.key, /^kind$/) &&
				nameIs(other.value, /^internal$/),
		)
	);
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
