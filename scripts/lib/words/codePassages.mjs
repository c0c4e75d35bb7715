import ts from "typescript";
import { codeMark, lineBreaks, passageOf, withoutCode } from "./passage.mjs";

const titleFunction = /^(?:describe|it|before|after|beforeEach|afterEach)$/;

/** Literals, which are scanned whole because they may contain text that looks like a comment. */
const literalKinds = new Set([
	ts.SyntaxKind.StringLiteral,
	ts.SyntaxKind.RegularExpressionLiteral,
	ts.SyntaxKind.NoSubstitutionTemplateLiteral,
	ts.SyntaxKind.TemplateHead,
	ts.SyntaxKind.TemplateMiddle,
	ts.SyntaxKind.TemplateTail,
]);

/**
 * Finds the comments of a source file, and the titles of its tests.
 *
 * @param {string} file
 * @param {string} code TypeScript or JavaScript
 * @returns {readonly import("./passage.mjs").Passage[]}
 */
export function codePassages(file, code) {
	const source = ts.createSourceFile(file, code, {
		languageVersion: ts.ScriptTarget.Latest,
		jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
	});
	/** @param {number} position */
	const lineOf = (position) => source.getLineAndCharacterOfPosition(position).line + 1;
	/** @type {(readonly [start: number, end: number])[]} */
	const literals = [];
	/** @type {import("./passage.mjs").Passage[]} */
	const titles = [];

	/** @param {ts.Node} node */
	const visit = (node) => {
		if (literalKinds.has(node.kind)) {
			literals.push([node.getStart(source), node.end]);
		}
		const title = ts.isCallExpression(node) ? titleOf(node) : undefined;
		if (title) {
			const line = lineOf(title.getStart(source));
			const text = withoutCode(textOf(title));
			titles.push(passageOf(file, "code", [{ text, line }]));
		}
		ts.forEachChild(node, visit);
	};
	visit(source);

	const comments = commentsIn(code, literals).map(({ text, start }) =>
		passageOf(file, "code", [{ text: commentProse(text), line: lineOf(start) }]),
	);
	return [...comments, ...titles];
}

/**
 * @param {ts.CallExpression} call
 * @returns {ts.StringLiteralLike | ts.TemplateExpression | undefined} its title, if it declares a test
 */
function titleOf({ expression, arguments: [title] }) {
	const name = ts.isPropertyAccessExpression(expression) ? expression.expression : expression;
	const isTest = ts.isIdentifier(name) && titleFunction.test(name.text);
	return isTest && title && (ts.isStringLiteralLike(title) || ts.isTemplateExpression(title))
		? title
		: undefined;
}

/**
 * @param {ts.StringLiteralLike | ts.TemplateExpression} title
 * @returns {string} with a mark for each value in it
 */
function textOf(title) {
	return ts.isStringLiteralLike(title)
		? title.text
		: [title.head, ...title.templateSpans.map(({ literal }) => literal)]
				.map(({ text }) => text)
				.join(codeMark);
}

/**
 * @param {string} code
 * @param {readonly (readonly [start: number, end: number])[]} literals in order
 * @returns {readonly { readonly text: string, readonly start: number }[]} consecutive `//` lines form one comment
 */
function commentsIn(code, literals) {
	/** @type {{ text: string, start: number }[]} */
	const comments = [];
	let position = 0;
	for (const [start, end] of [...literals, /** @type {const} */ ([code.length, code.length])]) {
		const between = code.slice(position, start);
		for (const { 0: text, index } of between.matchAll(
			/(?:\/\/.*(?:\n[\t ]*)?)+|\/\*[\s\S]*?\*\//g,
		)) {
			comments.push({ text, start: position + index });
		}
		position = end;
	}
	return comments;
}

/**
 * @param {string} comment
 * @returns {string} its text on the same lines, without delimiters, types, and names of parameters
 */
function commentProse(comment) {
	const bare = comment
		.replace(/^\/\*+|\*+\/$/g, "")
		.replace(/^[\t ]*(?:\/\/+|\*(?!\/))/gm, "")
		.trimEnd();
	return withoutCode(bare)
		.replace(
			/(@\w+)[\t ]+(\{(?:[^{}]|\{[^{}]*\})*\})/g,
			(_, /** @type {string} */ tag, /** @type {string} */ type) => {
				return `${tag} ${"\n".repeat(lineBreaks(type))}`;
			},
		)
		.replace(/^[\t ]*@(?:param|property|template|typedef|callback)\s+\S+/gm, codeMark);
}
