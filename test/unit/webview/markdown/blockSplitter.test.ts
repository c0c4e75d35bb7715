import assert from "node:assert/strict";
import { type Block, groupBlocks } from "../../../../src/webview/markdown/block";
import { type BlockHtml, blockHtml } from "../../../../src/webview/markdown/blockHtml";
import { BlockSplitter } from "../../../../src/webview/markdown/blockSplitter";
import { lexMarkdown } from "../../../../src/webview/markdown/lexMarkdown";
import { markdownDocuments, slicesOf } from "../../../support/markdown/markdownDocuments";

/** Returns the rendered blocks, with cut blocks joined again. */
function htmlOf(blocks: readonly Block[]): string[] {
	const joined: BlockHtml[] = [];
	for (const block of blocks) {
		const html = blockHtml(block.tokens);
		const last = block.continues ? joined.pop() : undefined;
		joined.push(last ? { ...last, body: last.body + html.body } : html);
	}
	return joined.map(({ start, body, end }) => start + body + end);
}

function wholeHtml(text: string): string[] {
	return htmlOf(groupBlocks(lexMarkdown(text.replace(/\r\n?/g, "\n"), {}).tokens));
}

function streamed(slices: Iterable<string>, longLength?: number): Block[] {
	const splitter = new BlockSplitter(longLength);
	const closed: Block[] = [];
	for (const slice of slices) {
		splitter.append(slice);
		closed.push(...(splitter.split()?.closed ?? []));
	}
	return [...closed, ...splitter.end()];
}

/** A text that uses a link before its definition arrives. `MarkdownStream` corrects such links at the end. */
const usesLaterDefinition = "reference definitions after use";

describe("BlockSplitter", () => {
	it("keeps a list open while its next bullet is half-received", () => {
		const splitter = new BlockSplitter();
		splitter.append("- one\n*");
		assert.deepEqual(splitter.split()?.closed, []);
		splitter.append("*");
		assert.deepEqual(splitter.split()?.closed, []);
	});

	it("closes a block at the first complete line of the next one", () => {
		const splitter = new BlockSplitter();
		splitter.append("# One\n\ntwo");
		assert.deepEqual(splitter.split()?.closed, []);
		splitter.append("\n");
		assert.deepEqual(htmlOf(splitter.split()?.closed ?? []), ["<h1>One</h1>"]);
	});

	it("reports nothing before any text arrives", () => {
		const splitter = new BlockSplitter();
		assert.equal(splitter.split(), undefined);
		splitter.append("a");
		assert.notEqual(splitter.split(), undefined);
		assert.equal(splitter.split(), undefined);
	});

	it("knows a link definition in every block after it", () => {
		const [use] = streamed(["[a]: https://example.com\n\n", "See [a].\n"]);
		assert.ok(use);
		assert.match(blockHtml(use.tokens).body, /data-href="https:\/\/example\.com"/);
	});

	it("does not treat a half-received definition as a definition", () => {
		const html = htmlOf(streamed(["[a]: https://exam", "ple.com\n", "\n[a]\n"]));
		assert.deepEqual(html, ['<p><a data-href="https://example.com">a</a></p>']);
	});

	it("keeps Markdown between raw HTML tags in one block", () => {
		const blocks = streamed("<details>\n\n**a**\n\n</details>\n\nb\n");
		assert.deepEqual(htmlOf(blocks), ["<details><p><strong>a</strong></p></details>", "<p>b</p>"]);
	});

	for (const [name, text] of Object.entries(markdownDocuments)) {
		if (name === usesLaterDefinition) {
			continue;
		}

		it(`yields the same blocks however the text is sliced: ${name}`, () => {
			const whole = wholeHtml(text);
			assert.deepEqual(htmlOf(streamed(text)), whole);
			for (let longest = 2; longest < 60; longest += 3) {
				assert.deepEqual(htmlOf(streamed(slicesOf(text, longest, longest))), whole);
			}
		});

		it(`yields the same blocks when long ones are cut: ${name}`, () => {
			const whole = wholeHtml(text);
			for (const longLength of [0, 10, 30, 60]) {
				for (const longest of [1, 5, 17]) {
					assert.deepEqual(htmlOf(streamed(slicesOf(text, longest, 7), longLength)), whole);
				}
			}
		});
	}
});
