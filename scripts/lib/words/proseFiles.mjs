import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { root } from "../paths.mjs";
import { sentencesIn } from "../sentences.mjs";
import { codePassages } from "./codePassages.mjs";
import { markdownPassages } from "./markdownPassages.mjs";
import { manifestPassages, sentencePassages } from "./uiPassages.mjs";

const manifestStrings = "package.nls.json";

/** Files and folders with prose. */
const roots = [
	...["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md", "SECURITY.md", "docs"],
	...[manifestStrings, "esbuild.mjs", "eslint.config.mjs", "src", "scripts", "test"],
];

const kinds = /\.(?:md|[cm]?[jt]s)$/;

/**
 * @param {readonly string[]} chosen files and folders, relative to the working directory; none means all
 * @returns {Promise<readonly string[]>} the files with prose among them, relative to the root, with slashes
 */
export async function proseFiles(chosen) {
	const all = (await Promise.all(roots.map(filesOf))).flat();
	if (chosen.length === 0) {
		return all;
	}
	const wanted = chosen.map((name) => {
		const relative = path.relative(root, path.resolve(name)).replaceAll(path.sep, "/");
		const files = all.filter((file) => file === relative || file.startsWith(`${relative}/`));
		if (relative !== "" && files.length === 0) {
			throw new Error(`No prose is checked in ${name}.`);
		}
		return relative === "" ? all : files;
	});
	return [...new Set(wanted.flat())];
}

/**
 * @param {string} name of a file or folder
 * @returns {Promise<readonly string[]>}
 */
async function filesOf(name) {
	if (path.extname(name) !== "") {
		return [name];
	}
	const files = await readdir(path.join(root, name), { recursive: true });
	return files
		.map((file) => path.posix.join(name, file.replaceAll(path.sep, "/")))
		.filter((file) => kinds.test(file) && !file.startsWith("test/fixtures/"))
		.sort();
}

/**
 * @param {string} file relative to the root
 * @returns {Promise<readonly import("./passage.mjs").Passage[]>}
 */
export async function readPassages(file) {
	const text = await readFile(path.join(root, file), "utf8");
	if (file === manifestStrings) {
		return manifestPassages(file, text);
	}
	if (file.endsWith(".md")) {
		const isGuide = file === "README.md" || file.startsWith("docs/guide/");
		return markdownPassages(file, isGuide ? "guide" : "docs", text);
	}
	const sentences = file.startsWith("src/") ? sentencesIn(file, text) : [];
	return [...codePassages(file, text), ...sentencePassages(sentences)];
}
