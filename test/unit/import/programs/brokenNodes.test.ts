import assert from "node:assert/strict";
import { importText, outline, type Imported } from "../../../support/exchange/importing";

function lines({ conversations }: Imported): string[] {
	return conversations.flatMap(outline);
}

const whole = ["* You: Hi", "  * Assistant: Hello", "    * You: Thanks"];
const gap = ["* You: Hi", "  * You: Thanks"];

describe("a broken message of Open WebUI", () => {
	const a = { role: "user", content: "Hi", parentId: null, childrenIds: ["b"] };
	const b = { role: "assistant", content: "Hello", parentId: "a", childrenIds: ["c"], done: true };
	const c = { role: "user", content: "Thanks", parentId: "b", childrenIds: [] };

	function read(messages: unknown, more: object = {}): Imported {
		const history = { currentId: "c", messages, ...more };
		return importText(JSON.stringify([{ title: "One", chat: { title: "One", history } }]));
	}

	it("costs itself, never its chat", () => {
		assert.deepEqual(lines(read({ a, b, c })), whole);
		for (const broken of [
			{ content: "x", done: true },
			{ role: 7 },
			{ ...b, content: 7 },
			{},
			[],
			null,
			7,
			"x",
		]) {
			const imported = read({ a, b: broken, c });
			assert.deepEqual(lines(imported), gap, JSON.stringify(broken));
			assert.equal(imported.omissions.brokenMessages, 1, JSON.stringify(broken));
		}
	});

	it("is not one for a member that is not worth it", () => {
		const wrong = { timestamp: "now", files: 7, sources: "x", done: "yes", error: 7, model: {} };
		const imported = read({ a: { ...a, ...wrong }, b: { ...b, ...wrong }, c });
		assert.deepEqual([lines(imported), imported.omissions], [whole, {}]);
	});

	it("that is missing leaves those below it where they were", () => {
		assert.deepEqual(lines(read({ a, c })), gap);
		assert.deepEqual(lines(read({ a: { ...a, childrenIds: [] }, c })), gap);
		assert.deepEqual(lines(read({ a, b: { ...b, parentId: "nowhere" }, c })), whole);
		assert.deepEqual(lines(read({ a, b: { ...b, parentId: 7 }, c })), whole);
	});

	it("that hangs on itself, or on what is below it, opens the circle", () => {
		assert.deepEqual(lines(read({ a, b: { ...b, parentId: "b" }, c })).length, 3);
		const imported = read({ a: { ...a, parentId: "c" }, b, c });
		assert.deepEqual(lines(imported), whole);
		assert.deepEqual(imported.omissions, { movedMessages: 1 });
	});

	it("does not matter to what is shown where the file does not say what was", () => {
		for (const currentId of [undefined, null, 7, "nowhere", "__proto__"]) {
			assert.deepEqual(lines(read({ a, b, c }, { currentId })), whole, String(currentId));
		}
	});

	it("costs no more where messages are a list", () => {
		const list = [{ id: "a", ...a }, { id: "b", ...b }, 7, { id: "c", ...c }];
		const imported = read(list);
		assert.deepEqual([lines(imported), imported.omissions], [whole, { brokenMessages: 1 }]);
		const plain = { title: "One", chat: { messages: list } };
		assert.deepEqual(lines(importText(JSON.stringify([plain]))), whole);
	});

	it("is `undefined` if both the tree and the shown path exist", () => {
		const chat = {
			messages: [{ id: "a", ...a }],
			history: { currentId: "c", messages: { a, b, c } },
		};
		for (const turned of [chat, { history: chat.history, messages: chat.messages }]) {
			assert.deepEqual(lines(importText(JSON.stringify([{ chat: turned }]))), whole);
		}
	});

	it("has its sources, files and errors in words", () => {
		const answer = {
			...b,
			content: [
				{ type: "text", text: "It rained [1]." },
				{ type: "image_url", image_url: {} },
			],
			sources: [
				{ source: { name: "Weather", url: "https://example.com/w" } },
				{ source: { name: "notes.txt" } },
				7,
			],
			files: [
				{ type: "file", name: "a.txt" },
				{ type: "collection", file: { filename: "b.txt" } },
			],
			error: { content: "Out of\nmemory" },
		};
		const imported = read({ a, b: answer, c });
		assert.equal(
			lines(imported)[1],
			"  * Assistant (interrupted): It rained [1].⏎⏎[image not imported]⏎⏎[file not imported: a.txt]⏎⏎[file not imported: b.txt]⏎⏎*Out of memory*⏎⏎Sources:⏎⏎1. [Weather](https://example.com/w)⏎2. notes.txt",
		);
		assert.deepEqual(imported.omissions, { images: 1, files: 2 });
	});
});

describe("a broken message of LM Studio", () => {
	const said = (role: string, words: unknown): object => ({
		versions: [{ type: "singleStep", role, content: [{ type: "text", text: words }] }],
		currentlySelected: 0,
	});
	const a = said("user", "Hi");
	const b = said("assistant", "Hello");
	const c = said("user", "Thanks");
	const read = (...messages: readonly unknown[]): Imported =>
		importText(JSON.stringify({ name: "One", createdAt: 1_750_000_000_123, messages }));

	it("costs itself, never its chat", () => {
		assert.deepEqual(lines(read(a, b, c)), whole);
		for (const broken of [
			null,
			7,
			{},
			[],
			{ versions: 7 },
			{ versions: [7] },
			{ versions: [{ content: [] }] },
			{ versions: [{ role: 7 }] },
		]) {
			const imported = read(a, broken, c);
			assert.deepEqual(lines(imported), gap, JSON.stringify(broken));
			assert.deepEqual(imported.omissions, { brokenMessages: 1 }, JSON.stringify(broken));
			assert.deepEqual(lines(read(broken, a, c)), gap);
		}
	});

	it("is not one for a member that is not worth it", () => {
		const version = { role: "assistant", content: "Hello", steps: 7 };
		for (const currentlySelected of [undefined, 9, -1, "x", 1.5]) {
			assert.deepEqual(lines(read(a, { versions: [version], currentlySelected }, c)), whole);
		}
		const steps = [
			7,
			{ type: "contentBlock" },
			{ type: "contentBlock", content: "Hello", style: 7 },
		];
		assert.deepEqual(lines(read(a, { versions: [{ role: "assistant", steps }] }, c)), whole);
	});

	it("loses only the part that is unknown", () => {
		const content = [
			{ type: "text", text: "Hel" },
			7,
			{ type: "video" },
			{ type: "text", text: "lo" },
		];
		const imported = read(a, { versions: [{ role: "assistant", content }] }, c);
		assert.deepEqual([lines(imported), imported.omissions], [whole, { otherParts: 2 }]);
	});

	it("is not looked for in lists of other programs", () => {
		const other = importText('{"messages": [{"role": "user", "content": "Hi"}]}');
		assert.deepEqual(other.problem, { kind: "unknownFormat" });
	});
});
