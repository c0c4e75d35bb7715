import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { root } from "./paths.mjs";

/**
 * A file of `l10n`: the sentences of one language, by the English ones. An empty one is not translated yet.
 *
 * @typedef {object} Translation
 * @property {string} language
 * @property {Readonly<Record<string, string>>} manifest what `package.nls.json` holds in English
 * @property {Readonly<Record<string, string>>} messages what the code says
 */

/** One file for each language but English. */
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

/** @returns {Promise<Readonly<Record<string, string>>>} the manifest's English sentences, by the names they have in it */
export async function readManifestSentences() {
	return /** @type {Record<string, string>} */ (
		await readJson(path.join(root, "package.nls.json"))
	);
}

/**
 * Writes a file of `l10n`.
 *
 * @param {Translation} translation
 */
export async function writeTranslation({ language, manifest, messages }) {
	const text = JSON.stringify({ manifest, messages }, undefined, "\t");
	await writeFile(path.join(translationFolder, `${language}.json`), `${text}\n`);
}

/**
 * Writes the translations as VS Code reads them: the manifest's beside it, the code's where its `l10n` says. Beside
 * those, what of them the chat's page holds.
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
 * @returns {boolean} whether the code may say it; a build has no time to parse the code
 */
export function isSaidIn(code, key) {
	// What a string literal may hold escaped is left out of the comparison.
	const pieces = key.replace(/#[a-z]+$/, "").split(/["'`\\\n]/);
	return pieces.every((piece) => code.includes(piece));
}

/**
 * @param {readonly (readonly (string | undefined)[])[]} entries
 * @returns {string} JSON without those that are not translated: VS Code takes the English ones for them
 */
function translated(entries) {
	return JSON.stringify(Object.fromEntries(entries.filter(([, sentence]) => sentence)));
}

/** @param {string} file */
async function readJson(file) {
	return /** @type {unknown} */ (JSON.parse(await readFile(file, "utf8")));
}
