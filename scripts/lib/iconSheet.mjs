import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { root } from "./paths.mjs";

const iconRule = /^\.codicon-([\w-]+):before \{[^}]*\}\n/gm;
const fontFace = /@font-face\s*\{[^}]*\}/;

/** @returns {Promise<string[]>} the code of the view, which may name icons */
export async function viewSources() {
	const folder = path.join(root, "src/webview");
	const files = await readdir(folder, { recursive: true });
	return files.filter((name) => name.endsWith(".ts")).map((name) => path.join(folder, name));
}

/**
 * @param {string} file the style sheet of VS Code's icons
 * @returns {Promise<string>} the rules for the icons that the view's code names, without the font, which the page loads later
 */
export async function iconSheet(file) {
	const sources = await viewSources();
	const code = (await Promise.all(sources.map((name) => readFile(name, "utf8")))).join("\n");
	const isNamed = (/** @type {string} */ icon) =>
		new RegExp(`(?:"|codicon-)${icon}(?:"|\\s)`).test(code);
	return (await readFile(file, "utf8"))
		.replace(fontFace, "")
		.replace(iconRule, (rule, /** @type {string} */ icon) => (isNamed(icon) ? rule : ""));
}
