// npm run localize [-- --write [LANGUAGE…]]
// Compares the translations in l10n/ with the sentences in the code and in package.nls.json. With --write, adds missing
// sentences as empty ones to translate, removes unused ones, and creates files for new languages.
import { parseArgs } from "node:util";
import { main } from "./lib/main.mjs";
import { say } from "./lib/progress.mjs";
import { readSentences } from "./lib/sentences.mjs";
import {
	expectedManifest,
	expectedMessages,
	problemsOf,
	withExpected,
} from "./lib/translationProblems.mjs";
import { readManifestSentences, readTranslations, writeTranslation } from "./lib/translations.mjs";

await main(async () => {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { write: { type: "boolean", default: false } },
	});
	const sentences = await readSentences();
	const manifest = expectedManifest(Object.values(await readManifestSentences()));
	const translations = [...(await readTranslations())];
	for (const language of positionals) {
		if (!values.write) {
			throw new Error("Naming languages requires --write, which creates their files.");
		}
		// Throws if this is not the name of a language.
		new Intl.Locale(language);
		if (translations.every((known) => known.language !== language)) {
			translations.push({ language, manifest: {}, messages: {} });
		}
	}
	let count = 0;
	for (const found of translations) {
		const expected = { manifest, messages: expectedMessages(found.language, sentences) };
		const translation = values.write
			? {
					language: found.language,
					manifest: withExpected(found.manifest, expected.manifest),
					messages: withExpected(found.messages, expected.messages),
				}
			: found;
		if (values.write) {
			await writeTranslation(translation);
		}
		for (const part of /** @type {const} */ (["manifest", "messages"])) {
			if (values.write) {
				for (const key of problemsOf(found[part], expected[part]).unused) {
					say(`${found.language}: removed “${key}”: “${found[part][key]}”`);
				}
			}
			for (const [problem, keys] of Object.entries(problemsOf(translation[part], expected[part]))) {
				count += keys.length;
				for (const key of keys) {
					say(`${found.language}, ${part}, ${problem}: “${key}”`);
				}
			}
		}
	}
	say(
		`${sentences.length} sentences in the code, ${translations.length} languages, ${count} problems`,
	);
	return count === 0 || values.write ? 0 : 1;
});
