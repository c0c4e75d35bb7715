import assert from "node:assert/strict";
import { MarkdownStream } from "../../../src/webview/markdown/markdownStream";

describe("MarkdownStream", () => {
	let frames: FrameRequestCallback[];
	let host: HTMLElement;
	let stream: MarkdownStream;
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
	});

	afterEach(() => {
		stream.dispose();
		host.remove();
		globalThis.requestAnimationFrame = original.request;
		globalThis.cancelAnimationFrame = original.cancel;
	});

	function runFrame(): void {
		for (const frame of frames.splice(0)) {
			frame(0);
		}
	}

	/** Compares identity; a report that prints nodes prints the whole document. */
	function assertKept(nodes: Iterable<unknown>, kept: readonly unknown[]): void {
		const now = [...nodes];
		assert.ok(kept.every((node, index) => node === now[index]));
	}

	it("asks for one frame, however many pieces of text come before it", () => {
		stream.append("a");
		stream.append("b");
		assert.equal(frames.length, 1);
		runFrame();
		assert.equal(host.innerHTML, "<p>ab</p>");
	});

	it("keeps the nodes of a closed block while more text comes and at the end", () => {
		stream.append("# One\n\ntwo\n\nthr");
		runFrame();
		const nodes = [...host.childNodes].slice(0, 2);
		stream.append("ee\n\n- four\n");
		runFrame();
		stream.end();
		assertKept(host.childNodes, nodes);
		assert.equal(host.textContent, "Onetwothreefour");
	});

	it("keeps the node of the open block while it grows", () => {
		stream.append("some **wor");
		runFrame();
		const paragraph = host.firstChild;
		stream.append("ds**");
		runFrame();
		assertKept([host.firstChild], [paragraph]);
		assert.equal(host.innerHTML, "<p>some <strong>words</strong></p>");
	});

	it("shows everything at the end, without a frame", () => {
		stream.append("a\n\nb");
		stream.end();
		assert.equal(host.innerHTML, "<p>a</p><p>b</p>");
		assert.equal(frames.length, 0);
	});

	it("mends only the blocks that used a link before its definition came", () => {
		stream.append("[a] first\n\nsecond\n\nthird\n");
		runFrame();
		stream.append("\n[a]: https://example.com\n");
		runFrame();
		const [first, second] = host.children;
		stream.end();
		assert.ok(host.children[0] !== first);
		assert.equal(host.children[0]?.querySelector("a")?.textContent, "a");
		assertKept([host.children[1]], [second]);
	});

	it("takes the half of a link definition off the page once it is whole", () => {
		stream.append("words\n\n[a]: https://example.com\n'a tit");
		runFrame();
		assert.equal(host.textContent, "words'a tit");
		stream.append("le'\n");
		runFrame();
		assert.equal(host.textContent, "words");
		stream.append("\n[b]: ");
		runFrame();
		assert.match(host.textContent, /^words\[b\]: ?$/);
		stream.append("https://example.com");
		stream.end();
		assert.equal(host.textContent, "words");
	});

	it("tells where a link leads before what its title says", () => {
		stream.append("[here](https://attacker.invalid 'https://example.com/')");
		stream.end();
		const link = host.querySelector("a");
		assert.equal(link?.title, "https://attacker.invalid/\nhttps://example.com/");
	});

	it("adds to a long block without touching the items that it has", () => {
		const line = (index: number): string => `- item number ${index}\n`;
		stream.append(Array.from({ length: 200 }, (_, index) => line(index)).join(""));
		runFrame();
		const items = [...host.querySelectorAll("li")].slice(0, 199);
		stream.append(line(200) + line(201));
		runFrame();
		stream.end();
		assert.equal(host.children.length, 1);
		assertKept(host.querySelectorAll("li"), items);
		assert.equal(host.querySelectorAll("li").length, 202);
	});

	it("empties the host and draws no more when it is disposed", () => {
		stream.append("a");
		stream.dispose();
		runFrame();
		assert.equal(host.innerHTML, "");
	});
});
