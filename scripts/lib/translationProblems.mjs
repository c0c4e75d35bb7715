import { placeholdersIn } from "./sentences.mjs";

/** @typedef {import("./sentences.mjs").Sentence} Sentence */
/** @typedef {Readonly<Record<string, string>>} Messages */

/**
 * What a translation holds for one key.
 *
 * @typedef {object} Expected
 * @property {string} english what it is translated from
 * @property {ReadonlySet<string>} required placeholders that it has
 * @property {ReadonlySet<string>} allowed placeholders that it may have
 * @property {boolean} mayLack whether a translation is complete without it
 */

/**
 * What stands between a translation and its code.
 *
 * @typedef {object} Problems
 * @property {readonly string[]} missing keys that it has no sentence for
 * @property {readonly string[]} unused keys that nothing asks for
 * @property {readonly string[]} placeholders keys whose sentence has other placeholders than the English one
 */

/**
 * @param {string} language
 * @param {readonly Sentence[]} sentences of the code
 * @returns {ReadonlyMap<string, Expected>} the keys of a translation
 */
export function expectedMessages(language, sentences) {
	/** @type {Map<string, Expected>} */
	const expected = new Map();
	for (const { key, one } of sentences) {
		const all = placeholdersIn(key);
		expected.set(key, { english: key, required: all, allowed: all, mayLack: false });
		for (const [category, { numbers, isRare }] of one === undefined ? [] : categories(language)) {
			if (category !== "other") {
				const english = category === "one" ? (one ?? key) : key;
				const required = new Set(numbers === 1 ? placeholdersIn(english) : all);
				// "Both chats", where the category is for two alone.
				if (numbers === 1) {
					required.delete("{0}");
				}
				expected.set(`${key}#${category}`, { english, required, allowed: all, mayLack: isRare });
			}
		}
	}
	return expected;
}

/**
 * @param {readonly string[]} sentences of the manifest, which have neither placeholders nor counts
 * @returns {ReadonlyMap<string, Expected>} the keys of a translation
 */
export function expectedManifest(sentences) {
	/** @type {ReadonlySet<string>} */
	const none = new Set();
	return new Map(
		sentences.map((key) => [key, { english: key, required: none, allowed: none, mayLack: false }]),
	);
}

/**
 * @param {Messages} messages translations by their keys
 * @param {ReadonlyMap<string, Expected>} expected
 * @returns {Problems}
 */
export function problemsOf(messages, expected) {
	return {
		missing: [...expected].flatMap(([key, { mayLack }]) => (messages[key] || mayLack ? [] : [key])),
		unused: Object.keys(messages).filter((key) => !expected.has(key)),
		placeholders: Object.entries(messages).flatMap(([key, sentence]) => {
			const { required, allowed } = expected.get(key) ?? {};
			const has = placeholdersIn(sentence);
			const isRight =
				!required ||
				!allowed ||
				([...required].every((name) => has.has(name)) &&
					[...has].every((name) => allowed.has(name)));
			return isRight || !sentence ? [] : [key];
		}),
	};
}

/**
 * @param {Messages} messages
 * @param {ReadonlyMap<string, Expected>} expected
 * @returns {Messages} with a key for each that is expected, and no others; an empty sentence is to be translated
 */
export function withExpected(messages, expected) {
	const keys = [...expected].flatMap(([key, { mayLack }]) =>
		mayLack && !messages[key] ? [] : [key],
	);
	return Object.fromEntries(keys.sort().map((key) => [key, messages[key] ?? ""]));
}

/**
 * @param {string} language
 * @returns its plural categories: how many of the first thousand numbers each is for, and whether only larger numbers
 * or fractions need it, for which `other` will do
 */
function categories(language) {
	const rules = new Intl.PluralRules(language);
	const counted = new Map(
		rules.resolvedOptions().pluralCategories.map((category) => [category, 0]),
	);
	for (let number = 0; number <= 1000; number += 1) {
		const category = rules.select(number);
		counted.set(category, (counted.get(category) ?? 0) + 1);
	}
	return [...counted].map(
		([category, numbers]) => /** @type {const} */ ([category, { numbers, isRare: numbers === 0 }]),
	);
}
