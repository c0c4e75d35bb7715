import assert from "node:assert/strict";
import type { Block } from "../../../../src/webview/markdown/block";
import { blockHtml } from "../../../../src/webview/markdown/blockHtml";
import { BlockSplitter } from "../../../../src/webview/markdown/blockSplitter";
import { undecidedInline } from "../../../../src/webview/markdown/inline/undecidedInline";
import { markdownDocuments } from "../../../support/markdown/markdownDocuments";
import { specificationExamples } from "../../../support/markdown/specificationExamples";

/** Lines whose beginning means something else than the whole line. */
const lines: readonly string[] = [
	"List:\n- one",
	"List:\n* one",
	"List:\n1. one",
	"Options:\n--verbose says more",
	"Sum:\n= 5",
	"Before\n***bold and italic***",
	"Before\n**bold** and more",
	"-5 degrees",
	"- -5 degrees",
	"* **Name**: text",
	"* * *",
	"- [ ] open",
	"- [x] done",
	"- [link](https://example.com) and text",
	"> - quoted",
	"> # Heading",
	"#hashtag",
	"## Heading",
	"1986 was a year",
	"1.5 million",
	"10) ten",
	"+1 for that",
	"___init___ and __more__",
	"```ts\nconst a = `b`;\n```\nAfter",
	"```code``` in a line",
	"~~gone~~ words",
	"~~~\ncode\n~~~",
	"- ```js\n  a\n  ```\n- b",
	"> ```\n> a\n> ```",
	"| a | b |\n|---|---|\n| 1 | **2** |\n| - | `x` |\n\nAfter",
	"| a | is no table\nbut text",
	"- | a |\n  |---|\n  | 1 |",
	"| a |\n|---|\n- list",
	"<details>\n\ntext\n\n</details>",
	"<result>\n1. b\n</result>",
	"- a\n</result>",
	"a < b and c <kbd>K</kbd>",
	"if a <b then c",
	"[Note]: this is text",
	"[a]: https://example.com",
	"[^1]: note",
	"An ![image](https://example.com/i.png) here",
	"Hello! World",
	"A [link](https://example.com/a_(b) 'title'), [no link] and [x](y",
	"Some `code` and ``more ` code``, `unfinished",
	"**Note:**text and **bold**",
	"**注意：**正文 and *so*",
	"2 * 3 * 4 and a*b",
	"f(*args, **kwargs) and snake_case_name",
	"AT&T &amp; &copy; &nbsp, a&b",
	"a \\* b \\_ c",
	"10~20 and ~~30~~ or ~40",
];

/** The visible part of blocks: counts of elements, and text. */
interface Seen {
	readonly elements: ReadonlyMap<string, number>;
	readonly text: string;
}

function see(blocks: readonly Block[]): Seen {
	const html = blocks
		.map(({ tokens }) => blockHtml(tokens))
		.map(({ start, body, end }) => start + body + end)
		.join("");
	const elements = new Map<string, number>();
	for (const [, element = ""] of html.matchAll(/<([a-z]\w*)/g)) {
		elements.set(element, (elements.get(element) ?? 0) + 1);
	}
	return { elements, text: html.replace(/<[^>]*>|\s/g, "") };
}

function shown(text: string): Seen {
	const splitter = new BlockSplitter();
	splitter.append(text);
	const split = splitter.split();
	return see(split ? [...split.closed, ...split.open] : []);
}

function whole(text: string): Seen {
	const splitter = new BlockSplitter();
	splitter.append(text);
	return see(splitter.end());
}

/** Calls `check` with the rendering of each half-received line and the rendering once that line is complete. */
function forEachHalf(text: string, check: (half: Seen, full: Seen, source: string) => void): void {
	let start = 0;
	for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
		const full = whole(text.slice(0, start + line.length));
		for (let length = 1; length < line.length; length += 1) {
			const source = text.slice(0, start + length);
			check(shown(source), full, JSON.stringify(source));
		}
		start += line.length;
	}
}

function assertNoMoreThan(
	half: Seen,
	full: Seen,
	source: string,
	isMeant: (element: string) => boolean,
): void {
	for (const [element, count] of half.elements) {
		if (isMeant(element)) {
			assert.ok(count <= (full.elements.get(element) ?? 0), `${element} in ${source}`);
		}
	}
}

function isBlock(element: string): boolean {
	return /^(?:h\d|hr|ul|ol|li|blockquote|pre|table|t[rhd]|details|div)$/.test(element);
}

describe("A half-received line", () => {
	for (const text of lines) {
		it(`shows nothing that disappears once it is complete: ${JSON.stringify(text)}`, () => {
			forEachHalf(text, (half, full, source) => {
				assertNoMoreThan(half, full, source, (element) => element !== "p");
				assert.ok(full.text.startsWith(half.text), `${half.text} of ${source}`);
			});
		});
	}

	for (const [name, text] of Object.entries(markdownDocuments)) {
		it(`shows no block that disappears once it is complete: ${name}`, () => {
			forEachHalf(text.replace(/\r\n?/g, "\n"), (half, full, source) => {
				assertNoMoreThan(half, full, source, isBlock);
			});
		});
	}

	it("shows no block that disappears once it is complete, in the specifications' examples", function () {
		this.timeout(30_000);
		// A definition of several lines is shown as text until its last line has arrived, even if that line is indented.
		const examples = specificationExamples().filter(
			({ markdown }) => !/^ *\[\w+\]: *\n/.test(markdown),
		);
		for (const { markdown } of examples) {
			forEachHalf(markdown, (half, full, source) => {
				assertNoMoreThan(half, full, source, isBlock);
			});
		}
	});

	it("shows words at once, and unfinished syntax after a while", () => {
		assert.equal(undecidedInline("words come as they come"), 23);
		for (const begin of ["**", "*", "`", "[", "<b ", "![a]("]) {
			const text = `${begin}${"word ".repeat(70)}`;
			assert.equal(undecidedInline(text), text.length, begin);
		}
	});

	it("is examined in linear time", () => {
		for (const piece of ["`a ``b ", "[a](b ", "[", "<a ", "&a", "**a ", "\\", "![["]) {
			undecidedInline(piece.repeat(20_000));
		}
	});
});
