import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { pseudo, pseudoLanguage, pseudoTranslation } from "../../../scripts/lib/pseudoLanguage.mjs";
import { readSentences, sentencesIn } from "../../../scripts/lib/sentences.mjs";
import {
	expectedManifest,
	expectedMessages,
	problemsOf,
	withExpected,
} from "../../../scripts/lib/translationProblems.mjs";
import {
	isSaidIn,
	readManifestSentences,
	readTranslations,
} from "../../../scripts/lib/translations.mjs";

const imports = 'import { plural, t as say, tParts } from "../../wording/localize";\n';
const chats = [{ key: "{0} chats", one: "{0} chat", place: "" }];

/** Languages with a complete translation. */
const finished: readonly string[] = ["es"];

describe("The sentences of a file", () => {
	const keys = (code: string): readonly string[] =>
		sentencesIn("a.ts", code).map(({ key, one }) => (one === undefined ? key : `${one}|${key}`));

	it("are those in its calls, whatever names it imports the functions under", () => {
		const code = `${imports}export class A {
			title = say("Title");
			text = (n: number) => html\`<p>\${plural(n, "{0} chat", 'All {0} chats')}\${tParts("Run {0}", 1)}</p>\`;
		}`;
		assert.deepEqual(keys(code), ["Title", "{0} chat|All {0} chats", "Run {0}"]);
	});

	it("are not those of other functions with these names", () => {
		assert.deepEqual(keys('import { t } from "./other"; t("localize"); a.t("b");'), []);
	});

	it("have a place", () => {
		assert.deepEqual(sentencesIn("src/a.ts", `${imports}\nsay("Stop");`), [
			{ key: "Stop", place: "src/a.ts:3" },
		]);
	});

	for (const argument of ["name", "`Stop`", '"a" + "b"', 'isOn ? "On" : "Off"', "...words"]) {
		it(`are literals, and ${argument} is refused`, () => {
			assert.throws(
				() => keys(`${imports}say(${argument});`),
				/a\.ts:2: .* is not a string literal/,
			);
		});
	}
});

describe("A translation", () => {
	it("lacks empty and missing sentences, and reports unused ones", () => {
		const expected = expectedManifest(["Chat", "Model", "Privacy"]);
		assert.deepEqual(problemsOf({ Chat: "Chat", Model: "", Old: "Viejo" }, expected), {
			missing: ["Model", "Privacy"],
			unused: ["Old"],
			placeholders: [],
		});
	});

	it("has the placeholders of its sentence, in any order", () => {
		const expected = expectedMessages(
			"es",
			["{0} of {1}", "{0} in {1}", "Stop", "{0}!"].map((key) => ({ key, place: "" })),
		);
		const { placeholders } = problemsOf(
			{ "{0} of {1}": "{1}: {0}", "{0} in {1}": "en {1}", Stop: "Alto {0}", "{0}!": "¡{O}!" },
			expected,
		);
		assert.deepEqual(placeholders, ["{0} in {1}", "Stop", "{0}!"]);
	});

	for (const [language, missing] of [
		["es", ["{0} chats", "{0} chats#one"]],
		["pl", ["{0} chats", "{0} chats#few", "{0} chats#many", "{0} chats#one"]],
		[
			"ar",
			[
				"{0} chats",
				"{0} chats#few",
				"{0} chats#many",
				"{0} chats#one",
				"{0} chats#two",
				"{0} chats#zero",
			],
		],
		["ja", ["{0} chats"]],
	] as const) {
		it(`has each form that ${language} needs for whole numbers up to a thousand`, () => {
			const expected = expectedMessages(language, chats);
			assert.deepEqual([...problemsOf({}, expected).missing].sort(), missing);
		});
	}

	it("may have the forms that only larger numbers need", () => {
		const expected = expectedMessages("es", chats);
		const messages = { "{0} chats": "{0} chats", "{0} chats#one": "{0} chat" };
		const none = { missing: [], unused: [], placeholders: [] };
		assert.deepEqual(problemsOf(messages, expected), none);
		const full = { ...messages, "{0} chats#many": "{0} de chats" };
		assert.deepEqual(problemsOf(full, expected), none);
		assert.deepEqual(withExpected(full, expected), full);
	});

	it("may omit the count in a form for one number only", () => {
		const left = (language: string): readonly string[] =>
			problemsOf({ "{0} chats": "{0} x", "{0} chats#one": "x" }, expectedMessages(language, chats))
				.placeholders;
		assert.deepEqual(left("es"), []);
		// In Russian, 21 takes the form of 1.
		assert.deepEqual(left("ru"), ["{0} chats#one"]);
	});

	it("receives missing sentences to translate, loses unused ones, and is sorted", () => {
		const expected = expectedManifest(["b", "a", "c"]);
		assert.deepEqual(Object.entries(withExpected({ c: "3", old: "0" }, expected)), [
			["a", ""],
			["b", ""],
			["c", "3"],
		]);
	});
});

describe("The translations", () => {
	it("have the placeholders of the code's sentences", async () => {
		const sentences = await readSentences();
		for (const { language, messages } of await readTranslations()) {
			const { placeholders } = problemsOf(messages, expectedMessages(language, sentences));
			assert.deepEqual(placeholders, [], language);
		}
	});

	for (const language of finished) {
		it(`into ${language} are complete`, async () => {
			const found = (await readTranslations()).find((known) => known.language === language);
			const none = { missing: [], unused: [], placeholders: [] };
			const manifest = expectedManifest(Object.values(await readManifestSentences()));
			assert.deepEqual(problemsOf(found?.manifest ?? {}, manifest), none);
			const messages = expectedMessages(language, await readSentences());
			assert.deepEqual(problemsOf(found?.messages ?? {}, messages), none);
		});
	}
});

describe("The style sheets", () => {
	it("contain no words, which no translation would reach", async () => {
		const sheets = (await readdir("media")).filter((name) => name.endsWith(".css"));
		assert.ok(sheets.length > 0);
		for (const sheet of sheets) {
			const css = await readFile(path.join("media", sheet), "utf8");
			const words = [...css.matchAll(/content:[^;]*?"[^";\\]*\p{L}[^";]*"/gu)].map(
				([found]) => found,
			);
			assert.deepEqual(words, [], sheet);
		}
	});
});

describe("The translation for the chat's page", () => {
	const code = 't("Say “{0}” and \\"go\\""); plural(n, "{0} chat", "All {0} chats"); t("Stop");';

	it("has every sentence in the page's code, in each of its forms", () => {
		for (const key of ['Say “{0}” and "go"', "All {0} chats", "All {0} chats#one", "Stop"]) {
			assert.ok(isSaidIn(code, key), key);
		}
	});

	it("has none of the host's sentences", () => {
		for (const key of ["Show Log", "Say “{0}”, then go", "All {0} messages#one"]) {
			assert.ok(!isSaidIn(code, key), key);
		}
	});
});

describe("The pseudo-language", () => {
	it("has accents and 40 % more length, and keeps placeholders", () => {
		assert.equal(pseudo("Stop {0} Now"), "[Šţöþ {0} Ñöŵ ~~~~~]");
	});

	it("is a language that Intl knows", () => {
		assert.deepEqual(Intl.PluralRules.supportedLocalesOf(pseudoLanguage), [pseudoLanguage]);
	});

	it("has every sentence in the code, with the right placeholders", async () => {
		const translation = await pseudoTranslation();
		const expected = expectedMessages(pseudoLanguage, await readSentences());
		assert.deepEqual(problemsOf(translation, expected), {
			missing: [],
			unused: [],
			placeholders: [],
		});
	});
});
