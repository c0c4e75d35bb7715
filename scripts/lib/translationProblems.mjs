import { placeholdersIn } from "./sentences.mjs";

/** @typedef {import("./sentences.mjs").Sentence} Sentence */
/** @typedef {Readonly<Record<string, string>>} Messages */

/**
 * The expected translation of one key.
 *
 * @typedef {object} Expected
 * @property {string} english the English sentence
 * @property {ReadonlySet<string>} required placeholders that it must have
 * @property {ReadonlySet<string>} allowed placeholders that it may have
 * @property {boolean} mayLack whether a translation is complete without this key
 */

/**
 * Differences between a translation and the code.
 *
 * @typedef {object} Problems
 * @property {readonly string[]} missing keys without a translated sentence
 * @property {readonly string[]} unused keys that the code does not use
 * @property {readonly string[]} placeholders keys whose sentence has different placeholders from the English one
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
				// For example, "Both chats": the category applies only to the number two.
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
 * @param {readonly string[]} sentences of the manifest, without placeholders and counts
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
 * @returns {Messages} with exactly the expected keys; empty sentences are still to be translated
 */
export function withExpected(messages, expected) {
	const keys = [...expected].flatMap(([key, { mayLack }]) =>
		mayLack && !messages[key] ? [] : [key],
	);
	return Object.fromEntries(keys.sort().map((key) => [key, messages[key] ?? ""]));
}

/**
 * @param {string} language
 * @returns its plural categories: how many of the first thousand numbers use each, and whether only larger numbers or
 *   fractions do, for which
 *   `other` suffices
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
