import assert from "node:assert/strict";
import { codePassages } from "../../../scripts/lib/words/codePassages.mjs";
import { describeFinding, findingsIn, summarize } from "../../../scripts/lib/words/findings.mjs";
import { markdownPassages } from "../../../scripts/lib/words/markdownPassages.mjs";
import { manifestPassages, sentencePassages } from "../../../scripts/lib/words/uiPassages.mjs";

/** Returns "line rule text" for each finding. */
function foundIn(passages: Parameters<typeof findingsIn>[0]): readonly string[] {
	return findingsIn(passages).map(({ line, rule, text }) => `${line} ${rule} ${text}`);
}

const inGuide = (source: string) => foundIn(markdownPassages("README.md", "guide", source));
const inDocs = (source: string) => foundIn(markdownPassages("docs/a.md", "docs", source));
const inCode = (source: string) => foundIn(codePassages("src/a.ts", source));
const inUi = (text: string) => foundIn(sentencePassages([{ key: text, place: "src/a.ts:7" }]));
const words = (count: number) => Array.from({ length: count }, () => "word").join(" ");

describe("The length of a sentence", () => {
	const tooLong = (line: number) => `${line} sentence-length ${words(8)} …`;

	it("is at most 25 words in the guide and the UI, and 35 in other documents", () => {
		assert.deepEqual(inGuide(`${words(25)}.`), []);
		assert.deepEqual(inGuide(`${words(26)}.`), [tooLong(1)]);
		assert.deepEqual(inUi(`${words(25)}.`), []);
		assert.deepEqual(inUi(`${words(26)}.`), [tooLong(7)]);
		assert.deepEqual(inDocs(`${words(35)}.`), []);
		assert.deepEqual(inDocs(`${words(36)}.`), [tooLong(1)]);
	});

	it("has no limit in comments and test titles", () => {
		assert.deepEqual(inCode(`// ${words(60)}.\nit("${words(60)}", () => {});`), []);
	});

	it("counts code and a link as their words, and ignores dashes", () => {
		assert.deepEqual(inGuide(`${words(24)} – \`a b c d e\`.`), []);
		assert.deepEqual(inGuide(`${words(24)} [one](https://host/a%20b).`), []);
		assert.deepEqual(inGuide(`${words(24)} [one two](https://host).`), [tooLong(1)]);
	});

	it("counts each sentence, paragraph, list item, and table cell alone", () => {
		const half = words(20);
		for (const text of [
			`${half}. Word ${half}.`,
			`${half}? \`code\` ${half}.`,
			`${half}\n\n${half}`,
			`- ${half}\n- ${half}`,
			`| ${half} | ${half} |\n| - | - |\n| ${half} | ${half} |`,
		]) {
			assert.deepEqual(inGuide(text), []);
		}
	});

	it("continues after an abbreviation", () => {
		assert.deepEqual(inGuide(`${words(15)}, e.g. \`a\` ${words(15)}.`), [tooLong(1)]);
	});
});

describe("A phrase that is hard to read", () => {
	for (const text of [
		"Saving is tried anew.",
		"Saving is retried by itself.",
		"The view hears of a new model.",
		"A failure is told.",
		"The chat can be had again.",
		"The folder must not be empty.",
		"It shows what there is to do.",
		"There is no model that fits.",
		"The file lies in a folder.",
		"It has not the range.",
	]) {
		it(`is refused in “${text}”`, () => {
			const found = inDocs(text);
			assert.equal(found.length, 1, found.join("\n"));
			assert.match(found[0] ?? "", /^1 phrase /);
		});
	}

	for (const text of [
		"Saving is retried automatically.",
		"You are notified when an answer fails.",
		"The driver stands in for the GPU.",
		"Parts can be told apart.",
		"Returns `undefined` if there is none.",
		"Run `anew`, or read [the log](anew.md).",
		"    indented anew",
		"```\nanew\n```",
		"<!-- anew -->",
	]) {
		it(`is not in ${JSON.stringify(text)}`, () => {
			assert.deepEqual(inDocs(text), []);
		});
	}

	it("is found across a line break, on the line where it starts", () => {
		assert.deepEqual(inDocs("# Title\n\nA `b\nc`, tried\nby\nitself."), ["5 phrase by itself"]);
		assert.deepEqual(inDocs("A `b`\nanew."), ["2 phrase anew"]);
		assert.deepEqual(inCode("\n/**\n * Tries it by\n * itself.\n */"), ["3 phrase by itself"]);
	});
});

describe("Spelling", () => {
	for (const [british, american] of [
		["licence", "license"],
		["Honoured", "honored"],
		["colours", "colors"],
		["behaviour", "behavior"],
		["centred", "centered"],
		["recognises", "recognizes"],
		["unnormalised", "unnormalized"],
		["analysing", "analyzing"],
		["catalogue", "catalog"],
		["catalogued", "cataloged"],
		["labelling", "labeling"],
		["programmes", "programs"],
	] as const) {
		it(`is American: ${american}, not ${british}`, () => {
			const [finding] = findingsIn(markdownPassages("a.md", "docs", `The ${british} word.`));
			assert.equal(finding?.rule, "spelling");
			assert.equal(finding.advice, american);
		});
	}

	it("leaves paths, identifiers, and words of both spellings alone", () => {
		const text =
			"The programmer initially fulfilled a promise to rise, exercise, practice, dispel a storey, a license, cancelled, cancelling, four, and center of docs/colour.md, theme.colour, setColour, COLOUR_MAP, and colour().";
		assert.deepEqual(inDocs(text), []);
	});
});

describe("A string of the UI", () => {
	for (const [text, found] of [
		['Open "Settings".', ['7 quotes "', '7 quotes "']],
		["The model's file is damaged.", ["7 quotes '"]],
		["The name must not be empty.", ["7 phrase must not"]],
		["There is no model.", ["7 phrase There is no"]],
		["The file is damaged. Download it", ["7 punctuation The file is damaged. Download it"]],
	] as const) {
		it(`is refused if it is ${text}`, () => {
			assert.deepEqual(inUi(text), found);
		});
	}

	for (const text of [
		"Open “Settings”, or the model’s folder.",
		'Run `"a"` first.',
		"Export Chat…",
		"too little free memory for this model",
		"The file is damaged. Download it?",
		"Read “The log.”",
	]) {
		it(`may be ${text}`, () => {
			assert.deepEqual(inUi(text), []);
		});
	}

	it("is checked in the manifest too, line by line, without link targets", () => {
		const json = JSON.stringify(
			{
				title: "Open Chat",
				text: "A model. A chat.\n[Open it](command:a'b)",
				bad: "It’s “a”. It's",
			},
			undefined,
			"\t",
		);
		assert.deepEqual(foundIn(manifestPassages("package.nls.json", json)), [
			"4 quotes '",
			"4 punctuation It’s “a”. It's",
		]);
	});

	it("is checked in both forms of a plural", () => {
		const plural = { key: "{0} chats of a person", one: "{0} chat of a person", place: "a.ts:1" };
		assert.equal(foundIn(sentencePassages([plural])).length, 2);
	});
});

describe("The comments and test titles of a file", () => {
	it("are checked; strings, templates, and expressions are not", () => {
		const code = [
			"const a = 'anew // anew'; // one anew",
			"const b = /https?:\\/\\/anew/; /* two anew */",
			"const c = `anew ${a /* three anew */} // anew`;",
			"it('four anew', () => {});",
			"describe.only(`five ${a} anew`, () => {});",
			"test.it('anew');",
		].join("\n");
		assert.deepEqual(
			inCode(code),
			[1, 2, 3, 4, 5].map((line) => `${line} phrase anew`),
		);
	});

	it("are checked without types, names of parameters, links, and code", () => {
		const code = `/**
 * See {@link colour} and \`colour\`.
 *
 * @param {import("./colour").Colour} colour in the colour of the theme
 */`;
		assert.deepEqual(inCode(code), ["4 spelling colour"]);
	});
});

describe("A finding", () => {
	const findings = findingsIn([
		...markdownPassages("a.md", "docs", "One.\n\nTwo anew."),
		...markdownPassages("b.md", "docs", "Anew, anew."),
	]);

	it("is one line: file and line, rule, text, and advice", () => {
		const described = findings.map(describeFinding);
		assert.ok(described.includes("a.md:3  phrase  anew → again"), described.join("\n"));
	});

	it("is counted in the summary of its file, highest count first", () => {
		assert.deepEqual(summarize(findings), ["    2  b.md", "    1  a.md"]);
	});
});
