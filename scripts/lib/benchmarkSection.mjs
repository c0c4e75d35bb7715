import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { root } from "./paths.mjs";

const file = path.join(root, "docs/benchmarks.md");

/**
 * Writes one section of docs/benchmarks.md, and keeps the others.
 *
 * @param {string} title
 * @param {string} text Markdown, without the machine and date, which are added
 */
export async function writeSection(title, text) {
	const document = await readFile(file, "utf8");
	await writeFile(file, withSection(document, title, `${text.trim()}\n\n${measuredHere()}`));
}

/**
 * @param {string} document Markdown
 * @param {string} title of a section, which may be new
 * @param {string} text
 * @returns {string} the document with the section replaced, or appended if it is new
 */
export function withSection(document, title, text) {
	const section = `## ${title}\n\n${text.trim()}\n`;
	const parts = document.trimEnd().split(/^(?=## )/m);
	const sections = parts.map((part) => `${part.trim()}\n`);
	const at = sections.findIndex((part) => part.startsWith(`## ${title}\n`));
	return sections.with(at < 0 ? sections.push("") - 1 : at, section).join("\n");
}

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 * @returns {string} Markdown
 */
export function table(head, rows) {
	return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** @param {number | undefined} value */
export function ms(value = Number.NaN) {
	return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

/** @param {number} ratio */
export function percent(ratio) {
	return `${(ratio * 100).toFixed(1)} %`;
}

function measuredHere() {
	const manifest = readFileSync(
		path.join(root, "node_modules/node-llama-cpp/package.json"),
		"utf8",
	);
	const { version } = /** @type {{ version: string }} */ (JSON.parse(manifest));
	return `Measured on ${new Date().toISOString().slice(0, 10)}: ${os.cpus()[0]?.model.trim() ?? "unknown processor"}, ${os.cpus().length} cores, ${Math.round(os.totalmem() / 1e9)} GB of memory,
${os.type()} ${os.release()}, Node ${process.versions.node}, node-llama-cpp ${version}.`;
}
