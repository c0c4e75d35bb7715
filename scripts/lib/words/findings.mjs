import { codeMark } from "./passage.mjs";
import { rules } from "./rules.mjs";

/**
 * A place where the prose breaks a rule.
 *
 * @typedef {object} Finding
 * @property {string} file
 * @property {number} line
 * @property {string} rule
 * @property {string} text
 * @property {string} advice
 */

/**
 * @param {readonly import("./passage.mjs").Passage[]} passages
 * @returns {readonly Finding[]} by line
 */
export function findingsIn(passages) {
	return passages
		.flatMap((passage) =>
			rules.flatMap((rule) =>
				rule(passage).map(({ index, ...remark }) => ({
					file: passage.file,
					line: passage.lineAt(index),
					...remark,
				})),
			),
		)
		.sort((a, b) => a.line - b.line);
}

/** @param {Finding} finding */
export function describeFinding({ file, line, rule, text, advice }) {
	return `${file}:${line}  ${rule}  ${text.replaceAll(codeMark, "`…`")} → ${advice}`;
}

/**
 * @param {readonly Finding[]} findings
 * @returns {readonly string[]} the number of findings in each file, highest first
 */
export function summarize(findings) {
	/** @type {Map<string, number>} */
	const counts = new Map();
	for (const { file } of findings) {
		counts.set(file, (counts.get(file) ?? 0) + 1);
	}
	return [...counts]
		.sort(([, a], [, b]) => b - a)
		.map(([file, count]) => `${String(count).padStart(5)}  ${file}`);
}
