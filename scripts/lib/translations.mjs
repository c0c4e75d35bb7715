import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { root } from "./paths.mjs";

/**
 * A file in `l10n`: the sentences of one language, by their English ones. Empty sentences are not yet translated.
 *
 * @typedef {object} Translation
 * @property {string} language
 * @property {Readonly<Record<string, string>>} manifest the sentences of `package.nls.json`
 * @property {Readonly<Record<string, string>>} messages the sentences in the code
 */

/** Contains one file for each language except English. */
export const translationFolder = path.join(root, "l10n");

/** @returns {Promise<readonly Translation[]>} */
export async function readTranslations() {
	const files = (await readdir(translationFolder)).filter((name) => name.endsWith(".json"));
	return Promise.all(
		files.sort().map(async (name) => ({
			language: path.basename(name, ".json"),
			.../** @type {Pick<Translation, "manifest" | "messages">} */ (
				await readJson(path.join(translationFolder, name))
			),
		})),
	);
}

/** @returns {Promise<Readonly<Record<string, string>>>} the manifest's English sentences, by their keys */
export async function readManifestSentences() {
	return /** @type {Record<string, string>} */ (
		await readJson(path.join(root, "package.nls.json"))
	);
}

/**
 * Writes a file in `l10n`.
 *
 * @param {Translation} translation
 */
export async function writeTranslation({ language, manifest, messages }) {
	const text = JSON.stringify({ manifest, messages }, undefined, "\t");
	await writeFile(path.join(translationFolder, `${language}.json`), `${text}\n`);
}

/**
 * Writes the translations as VS Code reads them: the manifest's next to it, and the code's in the folder that its `l10n`
 * names. Writes
 * the sentences of the chat's page to the same folder.
 *
 * @param {string} folder of the extension
 */
export async function writeTranslations(folder) {
	const sentences = await readManifestSentences();
	const bundles = path.join(folder, "dist/l10n");
	await rm(bundles, { recursive: true, force: true });
	await mkdir(bundles, { recursive: true });
	if (folder !== root) {
		await cp(path.join(root, "package.nls.json"), path.join(folder, "package.nls.json"));
	}
	const pageCode = await readCode("webview", "wording");
	for (const { language, manifest, messages } of await readTranslations()) {
		const named = Object.entries(sentences).map(([name, english]) => [name, manifest[english]]);
		await writeFile(path.join(folder, `package.nls.${language}.json`), translated(named));
		const said = Object.entries(messages);
		await writeFile(path.join(bundles, `bundle.l10n.${language}.json`), translated(said));
		await writeFile(
			path.join(bundles, `page.${language}.json`),
			translated(said.filter(([key]) => isSaidIn(pageCode, key))),
		);
	}
}

/**
 * @param {...string} rooms folders of src
 * @returns {Promise<string>} their code
 */
async function readCode(...rooms) {
	const texts = await Promise.all(
		rooms.map(async (room) => {
			const folder = path.join(root, "src", room);
			const files = await readdir(folder, { recursive: true, encoding: "utf8" });
			const sources = files.filter((file) => file.endsWith(".ts"));
			return Promise.all(sources.map((file) => readFile(path.join(folder, file), "utf8")));
		}),
	);
	return texts.flat().join("\n");
}

/**
 * @param {string} code
 * @param {string} key of a translation
 * @returns {boolean} whether the code may contain it; parsing the code would slow down the build
 */
export function isSaidIn(code, key) {
	// Characters that a string literal may escape are ignored.
	const pieces = key.replace(/#[a-z]+$/, "").split(/["'`\\\n]/);
	return pieces.every((piece) => code.includes(piece));
}

/**
 * @param {readonly (readonly (string | undefined)[])[]} entries
 * @returns {string} JSON without untranslated sentences, which VS Code shows in English
 */
function translated(entries) {
	return JSON.stringify(Object.fromEntries(entries.filter(([, sentence]) => sentence)));
}

/** @param {string} file */
async function readJson(file) {
	return /** @type {unknown} */ (JSON.parse(await readFile(file, "utf8")));
}
