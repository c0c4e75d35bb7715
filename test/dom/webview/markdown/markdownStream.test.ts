import assert from "node:assert/strict";
import { MarkdownStream } from "../../../../src/webview/markdown/markdownStream";

describe("MarkdownStream", () => {
	let frames: FrameRequestCallback[];
	let host: HTMLElement;
	let stream: MarkdownStream;
	let text: string;
	const original = { request: requestAnimationFrame, cancel: cancelAnimationFrame };

	beforeEach(() => {
		frames = [];
		globalThis.requestAnimationFrame = (callback) => frames.push(callback);
		globalThis.cancelAnimationFrame = () => {
			frames = [];
		};
		host = document.createElement("div");
		document.body.append(host);
		stream = new MarkdownStream(host);
		text = "";
	});

	afterEach(() => {
		stream.dispose();
		host.remove();
		globalThis.requestAnimationFrame = original.request;
		globalThis.cancelAnimationFrame = original.cancel;
	});

	function append(piece: string): void {
		text += piece;
		stream.append(piece);
	}

	function runFrame(): void {
		for (const frame of frames.splice(0)) {
			frame(0);
		}
	}

	/** Returns the content of the parts of the document. */
	function blocks(): readonly Element[] {
		return [...host.children].flatMap((part) => [...part.children]);
	}

	function blocksHtml(): string {
		return blocks()
			.map(({ outerHTML }) => outerHTML)
			.join("");
	}

	/** Compares by identity. A failure report of nodes would print the whole document. */
	function assertKept(nodes: Iterable<unknown>, kept: readonly unknown[]): void {
		const now = [...nodes];
		assert.ok(kept.every((node, index) => node === now[index]));
	}

	it("asks for one frame, however many pieces of text come before it", () => {
		append("a");
		append("b");
		assert.equal(frames.length, 1);
		runFrame();
		assert.equal(blocksHtml(), '<p dir="auto">ab</p>');
	});

	it("keeps the nodes of a closed block while more text comes and at the end", () => {
		append("# One\n\ntwo\n\nthr");
		runFrame();
		const nodes = blocks().slice(0, 2);
		append("ee\n\n- four\n");
		runFrame();
		stream.end(text);
		assertKept(blocks(), nodes);
		assert.equal(host.textContent, "Onetwothreefour");
	});

	it("keeps the node of the open block while it grows", () => {
		append("some **wor");
		runFrame();
		const [paragraph] = blocks();
		append("ds** ");
		runFrame();
		assertKept(blocks(), [paragraph]);
		assert.equal(blocksHtml(), '<p dir="auto">some <strong>words</strong> </p>');
	});

	it("shows everything at the end, without a frame", () => {
		append("a\n\nb");
		stream.end(text);
		assert.equal(blocksHtml(), '<p dir="auto">a</p><p dir="auto">b</p>');
		assert.equal(frames.length, 0);
	});

	it("redraws only the blocks that used a link before its definition arrived", () => {
		append("[a] first\n\nsecond\n\nthird\n");
		runFrame();
		append("\n[a]: https://example.com\n");
		runFrame();
		const [first, second] = blocks();
		stream.end(text);
		assert.ok(blocks()[0] !== first);
		assert.equal(blocks()[0]?.querySelector("a")?.textContent, "a");
		assertKept(blocks().slice(1, 2), [second]);
	});

	it("removes a partial link definition from the page once it is complete", () => {
		append("words\n\n[a]: https://example.com\n'a tit");
		runFrame();
		assert.equal(host.textContent, "words'a tit");
		append("le'\n");
		runFrame();
		assert.equal(host.textContent, "words");
		append("\n[b]: ");
		runFrame();
		assert.equal(host.textContent, "words");
		append("https://example.com");
		stream.end(text);
		assert.equal(host.textContent, "words");
	});

	it("shows the target of a link before its title", () => {
		append("[here](https://attacker.invalid 'https://example.com/')");
		stream.end(text);
		const link = host.querySelector("a");
		assert.equal(link?.title, "https://attacker.invalid/\nhttps://example.com/");
	});

	it("adds to a long block without changing its existing items", () => {
		const line = (index: number): string => `- item number ${index}\n`;
		append(Array.from({ length: 200 }, (_, index) => line(index)).join(""));
		runFrame();
		const items = [...host.querySelectorAll("li")].slice(0, 199);
		append(line(200) + line(201));
		runFrame();
		stream.end(text);
		assert.equal(blocks().length, 1);
		assertKept(host.querySelectorAll("li"), items);
		assert.equal(host.querySelectorAll("li").length, 202);
	});

	it("empties the host and draws no more when it is disposed", () => {
		append("a");
		stream.dispose();
		runFrame();
		assert.equal(host.innerHTML, "");
	});
});
