import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";
import { localizeModule, sentenceFunctions } from "../lint/sentenceFunctions.mjs";
import { root } from "./paths.mjs";

/**
 * A sentence of the UI, as the code contains it.
 *
 * @typedef {object} Sentence
 * @property {string} key the English sentence; for a plural, its `other` form
 * @property {string} [one] for a plural, the English sentence for one
 * @property {string} place "src/extension/log.ts:12"
 */

/** @returns {Promise<readonly Sentence[]>} every sentence in the code, in no particular order */
export async function readSentences() {
	const folder = path.join(root, "src");
	const files = await readdir(folder, { recursive: true, encoding: "utf8" });
	const found = await Promise.all(
		files
			.filter((file) => file.endsWith(".ts"))
			.map(async (file) => {
				const name = path.posix.join("src", file.replaceAll(path.sep, "/"));
				return sentencesIn(name, await readFile(path.join(folder, file), "utf8"));
			}),
	);
	return found.flat();
}

/**
 * @param {string} name of the file
 * @param {string} code TypeScript
 * @returns {readonly Sentence[]}
 * @throws {Error} if a sentence is not a literal and so cannot be translated
 */
export function sentencesIn(name, code) {
	if (!code.includes("localize")) {
		return [];
	}
	const source = ts.createSourceFile(name, code, ts.ScriptTarget.Latest, true);
	const called = sentenceImports(source);
	/** @type {Sentence[]} */
	const sentences = [];
	/** @param {ts.Node} node */
	const visit = (node) => {
		if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
			const shape = called.get(node.expression.text);
			if (shape) {
				const { line } = source.getLineAndCharacterOfPosition(node.getStart());
				const literals = node.arguments.slice(shape.first, shape.first + shape.count);
				sentences.push(sentenceOf(literals, `${name}:${line + 1}`));
			}
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return sentences;
}

/**
 * @param {ts.SourceFile} source
 * @returns the local names of the functions that take sentences
 */
function sentenceImports(source) {
	/** @type {Map<string, { readonly first: number, readonly count: number }>} */
	const called = new Map();
	for (const statement of source.statements) {
		if (
			!ts.isImportDeclaration(statement) ||
			!ts.isStringLiteral(statement.moduleSpecifier) ||
			!localizeModule.test(statement.moduleSpecifier.text)
		) {
			continue;
		}
		const bindings = statement.importClause?.namedBindings;
		for (const { name, propertyName } of bindings && ts.isNamedImports(bindings)
			? bindings.elements
			: []) {
			const shape = sentenceFunctions.get((propertyName ?? name).text);
			if (shape) {
				called.set(name.text, shape);
			}
		}
	}
	return called;
}

/**
 * @param {readonly ts.Expression[]} literals one sentence, or the `one` and `other` forms
 * @param {string} place
 * @returns {Sentence}
 */
function sentenceOf(literals, place) {
	const texts = literals.map((literal) => {
		if (!ts.isStringLiteral(literal)) {
			throw new Error(`${place}: ${literal.getText()} is not a string literal.`);
		}
		return literal.text;
	});
	const [first = "", other] = texts;
	return other === undefined ? { key: first, place } : { key: other, one: first, place };
}

/**
 * @param {string} sentence
 * @returns {ReadonlySet<string>} its placeholders, such as "{0}" and "{1}"
 */
export function placeholdersIn(sentence) {
	return new Set(sentence.match(/\{\d+\}/g));
}
