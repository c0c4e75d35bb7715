import assert from "node:assert/strict";
import { assertSound } from "../../../support/chats/conversationTrees";
import { fixture, importText, outline } from "../../../support/exchange/importing";

describe("an import of ChatGPT's conversations", () => {
	const read = importText(fixture("chatGpt.json"));

	it("keeps versions, and shows what was shown", () => {
		assert.deepEqual(outline(read.conversations[0]!), [
			"* You: What is the tenth Fibonacci number?",
			"  - Assistant (interrupted): It is",
			"  * Assistant: {Counting⏎⏎1, 1, 2, 3, 5…} Let me compute it.⏎⏎```python⏎fib(10)⏎```⏎⏎```⏎55⏎```⏎⏎The tenth number is 55.",
			"- You: [image not imported: picture.png]⏎⏎What is on this picture?⏎⏎[file not imported: notes.pdf]",
		]);
	});

	it("keeps title and times", () => {
		const [chat] = read.conversations;
		assert.deepEqual(chat!.givenTitle, { text: "Fibonacci in two ways", by: "user" });
		assert.equal(chat!.header.createdAtMs, 1_750_000_000_250);
		const first = chat!.path()[0]!;
		assert.equal(first.role === "user" && first.sentAtMs, 1_750_000_001_500);
	});

	it("takes a message whose parent is missing for the first", () => {
		assert.deepEqual(outline(read.conversations[1]!), [
			"* You: Draw a cat.",
			"  * Assistant: [image not imported]",
		]);
		assert.equal(read.conversations[1]!.givenTitle, undefined);
	});

	it("leaves out what it cannot read, by name, and imports the others", () => {
		assert.equal(read.conversations.length, 2);
		assert.deepEqual(read.leftOut, [
			{ title: "Without messages", problem: "wrongShape" },
			{ title: "Nothing said", problem: "empty" },
		]);
	});

	it("counts what does not come along", () => {
		assert.deepEqual(read.omissions, {
			images: 2,
			files: 1,
			toolMessages: 1,
			systemMessages: 1,
		});
	});

	it("gives every turn a new id", () => {
		read.conversations.forEach(assertSound);
		const ids = importText(fixture("chatGpt.json"))
			.conversations[0]!.path()
			.map(({ id }) => id);
		assert.ok(!ids.some((id) => read.conversations[0]!.has(id)));
	});
});

describe("an import of LM Studio's conversation", () => {
	const read = importText(fixture("lmStudio.conversation.json"));

	it("keeps versions and thoughts, and lets what follows hang on the version that was selected", () => {
		assert.deepEqual(outline(read.conversations[0]!), [
			"* You: Write a haiku about rain.⏎⏎[image not imported: rain.png]",
			"  - Assistant: {Five, seven, five.} Rain on the tin roof",
			"  * Assistant: Drops count the seconds",
			"    * You: Another.",
			"      * Assistant: Grey light, then a bird",
		]);
		assertSound(read.conversations[0]!);
	});

	it("keeps title, time and pin", () => {
		const [chat] = read.conversations;
		assert.equal(chat!.givenTitle?.text, "A haiku");
		assert.equal(chat!.header.createdAtMs, 1_750_000_000_123);
		assert.equal(chat!.pinned, true);
	});

	it("counts what does not come along", () => {
		assert.deepEqual(read.omissions, { images: 1, toolMessages: 2, systemMessages: 1 });
	});

	it("says of a conversation without messages that nothing was said", () => {
		const { leftOut } = importText('{"name": "New", "messages": []}');
		assert.deepEqual(leftOut, [{ title: "New", problem: "empty" }]);
	});
});

describe("an import of Open WebUI's chats", () => {
	const read = importText(fixture("openWebUi.json"));

	it("keeps the answers of several models as versions, with their thoughts", () => {
		assert.deepEqual(outline(read.conversations[0]!), [
			"* You: What is 15 times 17?⏎⏎[image not imported]⏎⏎[file not imported: notes.txt]",
			"  - Assistant (interrupted): It is",
			"  * Assistant: {150 + 105, which is < 256} It is 255.",
		]);
		assertSound(read.conversations[0]!);
	});

	it("keeps the list of messages where the tree is empty, and the tree where it is not, in any order", () => {
		const said = (content: string): object => ({ role: "user", content });
		const list = [said("Listed")];
		const tree = { a: { id: "a", parentId: null, ...said("Hanging") } };
		for (const [messages, history, shown] of [
			[list, {}, ["* You: Listed"]],
			[list, [], ["* You: Listed"]],
			[[], tree, ["* You: Hanging"]],
			[list, tree, ["* You: Hanging"]],
		] as const) {
			for (const chat of [
				{ history: { messages: history }, messages },
				{ messages, history: { messages: history } },
			]) {
				const { conversations, leftOut, omissions } = importText(JSON.stringify([{ chat }]));
				assert.deepEqual(conversations.map(outline), [shown], JSON.stringify(chat));
				assert.deepEqual([leftOut, omissions], [[], {}]);
			}
		}
		const empty = importText(
			JSON.stringify([{ chat: { title: "None", history: { messages: {} }, messages: [] } }]),
		);
		assert.deepEqual(empty.leftOut, [{ title: "None", problem: "empty" }]);
	});

	it("keeps title, time, pin, and how long it thought", () => {
		const [chat] = read.conversations;
		const answer = chat!.path().at(-1)!;
		assert.equal(chat!.givenTitle?.text, "Fifteen times seventeen");
		assert.equal(chat!.header.createdAtMs, 1_750_000_000_000);
		assert.equal(chat!.pinned, true);
		assert.equal(answer.role === "assistant" && answer.thoughtDurationMs, 3000);
	});

	it("leaves out what it cannot read, and counts what does not come along", () => {
		assert.deepEqual(read.leftOut, [{ title: "Damaged", problem: "empty" }]);
		assert.deepEqual(read.omissions, {
			images: 1,
			files: 1,
			toolMessages: 1,
			brokenMessages: 1,
		});
	});
});

describe("an import", () => {
	const chat = (nodes: Record<string, unknown>): ReturnType<typeof importText> =>
		importText(JSON.stringify({ title: "One", current_node: "c", mapping: nodes }));
	const node = (parent: string | null, role: string, text: string): unknown => ({
		parent,
		message: { author: { role }, content: { content_type: "text", parts: [text] } },
	});

	it("makes one of answers that follow each other, also where one of them was asked about", () => {
		const { conversations } = chat({
			a: node(null, "user", "Hi"),
			b: node("a", "assistant", "One."),
			b2: node("b", "user", "And?"),
			c: node("b", "assistant", "Two."),
		});
		assert.deepEqual(outline(conversations[0]!), [
			"* You: Hi",
			"  - Assistant: One.",
			"    - You: And?",
			"  * Assistant: One.⏎⏎Two.",
		]);
	});

	it("makes one visible line of a title, of whichever program and also where nothing was said", () => {
		const said = { role: "user", content: "Hi" };
		const turn = {
			role: "user",
			id: "a",
			parentId: null,
			sentAtMs: 1,
			text: "Hi",
			attachments: [],
		};
		for (const [title, shown] of [
			["One\u202egnp.exe\ntwo", "One gnp.exe two"],
			["\u0000\u200bOne\u2028\u2029", "One"],
			["e\u0301\u0301\u0301\u0301\u0301", "e\u0301\u0301\u0301"],
			["🙂".repeat(200), `${"🙂".repeat(99)}…`],
		] as const) {
			for (const chat of [
				{
					title,
					mapping: { a: { message: { author: { role: "user" }, content: { parts: ["Hi"] } } } },
				},
				{ name: title, messages: [{ versions: [said], currentlySelected: 0 }] },
				{ title, chat: { messages: [said] } },
				{ title: { text: title, by: "user" }, createdAtMs: 1, turns: [turn], headId: "a" },
			]) {
				const [read] = importText(JSON.stringify([chat])).conversations;
				assert.equal(read!.givenTitle?.text, shown);
			}
			const { leftOut } = importText(JSON.stringify([{ title, mapping: {} }]));
			assert.deepEqual(leftOut, [{ title: shown, problem: "empty" }]);
		}
	});

	it("keeps messages apart that follow each other", () => {
		const { conversations } = chat({ a: node(null, "user", "Hi"), c: node("a", "user", "Hello?") });
		assert.deepEqual(outline(conversations[0]!), ["* You: Hi", "  * You: Hello?"]);
	});

	it("takes the text of a file for text, whatever it is called", () => {
		const { conversations } = chat({
			["__proto__"]: node(null, "user", "<img src=x onerror=alert(1)>"),
			constructor: node(null, "user", "Hi"),
			c: node("constructor", "assistant", "<script>alert(1)</script>"),
		});
		assertSound(conversations[0]!);
		assert.equal(({} as { message?: unknown }).message, undefined);
	});

	it("opens a circle of messages", () => {
		const { conversations, omissions } = chat({
			a: node("c", "user", "Hi"),
			c: node("a", "assistant", "Hello"),
		});
		assert.deepEqual(outline(conversations[0]!), ["* You: Hi", "  * Assistant: Hello"]);
		assert.deepEqual(omissions, { movedMessages: 1 });
	});

	it("counts the messages beyond what one conversation can hold, without looking at them", () => {
		const many = Object.fromEntries(
			Array.from({ length: 20_010 }, (_, index) => [
				`n${index}`,
				index === 0 ? node(null, "user", "Hi") : "not even a message",
			]),
		);
		const { conversations, omissions } = chat(many);
		assert.deepEqual(outline(conversations[0]!), ["* You: Hi"]);
		assert.deepEqual(omissions, { brokenMessages: 19_999, excessMessages: 10 });
	});

	it("keeps the path that was shown of a conversation that would take minutes to put together", () => {
		const comb: Record<string, unknown> = {};
		for (let index = 0; index < 9_000; index += 1) {
			comb[index === 8_999 ? "c" : `n${index}`] = node(
				index === 0 ? null : `n${index - 1}`,
				"user",
				"Hi",
			);
			comb[`m${index}`] = node(`n${index}`, "user", "Hi");
		}
		const { conversations, omissions } = chat(comb);
		assert.equal(conversations[0]!.path().length, 9_000);
		assert.equal([...conversations[0]!.turns()].length, 9_000);
		assert.equal(omissions.excessMessages, 9_000);
	});

	it("follows a conversation of 20,000 messages to its end", () => {
		const line = Object.fromEntries(
			Array.from({ length: 20_000 }, (_, index) => [
				index === 19_999 ? "c" : `n${index}`,
				node(index === 0 ? null : `n${index - 1}`, index % 2 === 0 ? "user" : "assistant", "Hi"),
			]),
		);
		assert.equal(chat(line).conversations[0]!.path().length, 20_000);
	});

	it("says what a document is not", () => {
		assert.deepEqual(importText("{").problem, { kind: "notJson" });
		for (const text of ["{}", "[]", "null", "7", '"text"', '[{"title": "x"}]', "[[[]]]"]) {
			assert.deepEqual(importText(text).problem, { kind: "unknownFormat" }, text);
		}
		assert.deepEqual(
			importText('{"format": "local-llm-chats", "version": 2, "chats": []}').problem,
			{ kind: "newerVersion", version: 2 },
		);
	});

	it("is not troubled by JSON that is nested deep", () => {
		const deep = "[".repeat(200_000) + "]".repeat(200_000);
		assert.deepEqual(importText(deep).problem, { kind: "unknownFormat" });
		const inside = `[{"title": "Deep", "mapping": {"a": {"message": ${deep}}}}]`;
		assert.deepEqual(importText(inside).leftOut, [{ title: "Deep", problem: "empty" }]);
	});
});
