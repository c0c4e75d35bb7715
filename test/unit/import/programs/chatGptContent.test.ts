import assert from "node:assert/strict";
import {
	imported,
	importText,
	outline,
	piecesOf,
	type Imported,
} from "../../../support/exchange/importing";

interface Given {
	readonly role?: string;
	readonly to?: string;
	readonly content: unknown;
	readonly metadata?: object;
}

const text = (...parts: readonly unknown[]): object => ({ content_type: "text", parts });

/** Imports a question and what follows it, one message below the other. */
function read(...messages: readonly Given[]): Imported {
	const all = [{ role: "user", content: text("Hi") }, ...messages];
	const mapping = Object.fromEntries(
		all.map(({ role = "assistant", to = "all", content, metadata = {} }: Given, index) => [
			`m${index}`,
			{
				parent: index === 0 ? null : `m${index - 1}`,
				message: { author: { role }, recipient: to, content, metadata },
			},
		]),
	);
	return importText(JSON.stringify([{ title: "One", mapping }]));
}

/** @returns the answer, with its thoughts in braces. */
function answerOf({ conversations }: Imported): string {
	const line = outline(conversations[0]!)[1] ?? "";
	return line.replace(/^ {2}\* Assistant: /, "");
}

function answer(words: string, metadata: object = {}): string {
	return answerOf(read({ content: text(words), metadata }));
}

const cite = "\ue200cite\ue202turn0search1\ue201";

describe("citations in answers of ChatGPT", () => {
	it("vanish where the file does not say what they lead to, and are counted", () => {
		for (const [given, shown] of [
			[`It rained. ${cite}`, "It rained."],
			[`It rained.${cite}`, "It rained."],
			[`It rained ${cite}. Then`, "It rained. Then"],
			["It rained.\ue200cite\ue202turn0search1\ue202turn0news2\ue201 Then", "It rained. Then"],
			["It rained. \ue200filecite\ue202turn1file0\ue202L1-L3\ue201", "It rained."],
			["It rained. \ue200navlist\ue202More\ue202turn0news1,turn0news2\ue201", "It rained."],
			["\ue203It rained.\ue204\ue200cite\ue202turn0search1\ue201", "It rained."],
			["It rained. \ue200cite\ue202turn0search1 Then", "It rained. Then"],
			["It rained. \ue200cite\ue202turn0sea", "It rained."],
		] as const) {
			const imported = read({ content: text(given) });
			assert.equal(answerOf(imported), shown);
			assert.deepEqual(imported.omissions, { citations: 1 }, given);
		}
	});

	it("become links where it does", () => {
		const page = { title: "Weather [today]", url: "https://example.com/w" };
		const references = (more: object): object => ({
			content_references: [{ matched_text: cite, type: "grouped_webpages", ...more }],
		});
		assert.equal(
			answer(`It rained. ${cite}`, references({ alt: "([Weather](https://example.com/w))" })),
			"It rained. ([Weather](https://example.com/w))",
		);
		assert.equal(
			answer(`It rained. ${cite}`, references({ items: [page, page] })),
			"It rained. ([Weather today](https://example.com/w), [Weather today](https://example.com/w))",
		);
		assert.equal(answer(`It rained. ${cite}`, references({ type: "hidden" })), "It rained.");
		for (const url of ["javascript:alert(1)", "https://example.com/a)b", "file:///etc/passwd", 7]) {
			assert.equal(
				answer(`It rained. ${cite}`, references({ items: [{ title: "x", url }] })),
				"It rained.",
			);
		}
	});

	it("keep the words that are part of the sentence", () => {
		assert.equal(
			answer('In \ue200entity\ue202["city","Lisbon","capital"]\ue201 it rains.'),
			"In Lisbon it rains.",
		);
		assert.equal(answer("See \ue200url\ue202the page\ue202turn0search1\ue201."), "See the page.");
	});

	it("of the older kind are taken for such only where the file says so", () => {
		const older = {
			title: "Weather",
			url: "https://example.com/w",
			extra: { cited_message_idx: 12 },
		};
		assert.equal(answer("It rained【12†source】."), "It rained【12†source】.");
		assert.equal(
			answer("It rained【12†source】【13†source】.", { citations: [{ metadata: older }] }),
			"It rained ([Weather](https://example.com/w)).",
		);
		assert.equal(answer("It rained 【4:0†a.pdf】.", { citations: [{}] }), "It rained.");
	});

	it("stay in what a person wrote, and so do icons of the same range", () => {
		const words = `What is \ue202 or ${cite}?`;
		const { conversations } = read({ role: "user", content: text(words) });
		const said = conversations[0]!.path()[1]!;
		assert.equal(said.role === "user" && said.text, words);
		assert.equal(answer("The icon \ue202 or \ue0a0."), "The icon \ue202 or \ue0a0.");
	});
});

describe("a canvas of ChatGPT", () => {
	const call = (to: string, json: object): Given => ({
		to,
		content: { content_type: "code", text: JSON.stringify(json) },
	});
	const create = (content: string, type = "document"): Given =>
		call("canmore.create_textdoc", { name: "Plan", type, content });
	const update = (...updates: readonly object[]): Given =>
		call("canmore.update_textdoc", { updates });
	const done: Given = { role: "tool", content: text("Successfully created.") };

	it("is part of the answer, a document as it is and code as a block", () => {
		assert.equal(
			answerOf(read({ content: text("Here.") }, create("# Steps\n\n1. Go"), done)),
			"Here.⏎⏎**Plan**⏎⏎# Steps⏎⏎1. Go",
		);
		assert.equal(
			answerOf(read(create("print(1)\n```", "code/python"))),
			"**Plan**⏎⏎````python⏎print(1)⏎```⏎````",
		);
		assert.equal(answerOf(read(create("<App />", "code/react"))), "**Plan**⏎⏎```jsx⏎<App />⏎```");
	});

	it("may stand in a part of the message instead of its code", () => {
		const content = text(JSON.stringify({ name: "Plan", type: "document", content: "Go" }));
		assert.equal(answerOf(read({ to: "canmore.create_textdoc", content })), "**Plan**⏎⏎Go");
	});

	it("is shown as it is after each change", () => {
		const shown = (...updates: readonly object[]): string =>
			answerOf(read(create("One two one"), update(...updates)))
				.split("⏎⏎")
				.at(-1)!;
		assert.equal(shown({ pattern: ".*", multiple: true, replacement: "All\nnew" }), "All⏎new");
		assert.equal(shown({ pattern: "two", multiple: false, replacement: "three" }), "One three one");
		assert.equal(shown({ pattern: "(?:O|o)ne", multiple: true, replacement: "1" }), "1 two 1");
		assert.equal(
			shown({ pattern: "(t)wo", multiple: false, replacement: "\\1en \\g<1>" }),
			"One ten t one",
		);
		assert.equal(
			shown(
				{ pattern: "One", multiple: false, replacement: "A" },
				{ pattern: "A two", multiple: false, replacement: "B" },
			),
			"B one",
		);
	});

	it("is changed on its own path only", () => {
		const node = (parent: string | null, role: string, to: string, words: string): object => ({
			parent,
			message: { author: { role }, recipient: to, content: text(words) },
		});
		const updated = (replacement: string): string =>
			JSON.stringify({ updates: [{ pattern: "x", multiple: false, replacement }] });
		const mapping = {
			a: node(null, "user", "all", "Hi"),
			b: node("a", "assistant", "canmore.create_textdoc", '{"name":"P","content":"x"}'),
			c: node("b", "user", "all", "One"),
			d: node("c", "assistant", "canmore.update_textdoc", updated("1")),
			e: node("b", "user", "all", "Two"),
			f: node("e", "assistant", "canmore.update_textdoc", updated("2")),
		};
		const lines = importText(JSON.stringify([{ mapping }])).conversations.flatMap(outline);
		assert.deepEqual(
			lines.filter((line) => line.includes("**P**")),
			["  * Assistant: **P**⏎⏎x", "      - Assistant: **P**⏎⏎1", "      * Assistant: **P**⏎⏎2"],
		);
	});

	it("shows the change itself if the document after it is unknown", () => {
		const changed = "**Changed in Plan**⏎⏎```⏎new⏎```";
		for (const pattern of ["(", "(?P<n>x)", "(a+)+$"]) {
			const shown = answerOf(
				read(
					create(`${"a".repeat(40)}!`),
					update({ pattern, multiple: false, replacement: "new" }),
				),
			);
			assert.ok(shown.endsWith(changed), `${pattern}: ${shown}`);
		}
		assert.equal(
			answerOf(read(update({ pattern: "x", multiple: false, replacement: "new" }))),
			"**Changed in the document**⏎⏎```⏎new⏎```",
		);
	});

	it("takes bounded time and memory, whatever its patterns are", () => {
		const doubling = { pattern: "[^]*", multiple: false, replacement: "\\g<0>\\g<0>" };
		const slow = { pattern: "(a+)+$", multiple: true, replacement: "" };
		const updates = Array.from({ length: 60 }, (_, index) =>
			update(index % 8 === 7 ? slow : doubling),
		);
		const read_ = read(create(`${"a".repeat(100)}!`), ...updates);
		assert.equal(read_.conversations.length, 1);
	});

	it("has one bound of time with those of all other conversations of its file", () => {
		const chat = (pattern: string): object => ({
			mapping: {
				a: { message: { author: { role: "user" }, content: text("Hi") } },
				b: sent("a", "canmore.create_textdoc", { name: "P", content: `${"a".repeat(40)}!` }),
				c: sent("b", "canmore.update_textdoc", {
					updates: [{ pattern, multiple: false, replacement: "b" }],
				}),
			},
		});
		const sent = (parent: string, recipient: string, call: object): object => ({
			parent,
			message: { author: { role: "assistant" }, recipient, content: text(JSON.stringify(call)) },
		});
		const budget = { chats: 100, patternMs: 5_000 };
		const pieces = piecesOf(JSON.stringify([chat("a!"), chat("(a+)+$")]), undefined, budget);
		assert.ok(budget.patternMs < 5_000 - 90, String(budget.patternMs));
		assert.match(outline(imported(pieces).conversations[0]!)[1]!, /\*\*P\*\*⏎⏎a{39}b$/);
		budget.patternMs = 50;
		const late = piecesOf(JSON.stringify([chat("(a+)+$"), chat("a!")]), undefined, budget);
		assert.ok(budget.patternMs <= 0);
		for (const conversation of imported(late).conversations) {
			assert.match(outline(conversation)[1]!, /\*\*Changed in P\*\*⏎⏎```⏎b⏎```$/);
		}
	});

	it("has its comments in the answer", () => {
		const comments = [{ pattern: "two", comment: "Why?" }, { comment: "Fine." }];
		assert.equal(
			answerOf(read(create("One two"), call("canmore.comment_textdoc", { comments }))),
			"**Plan**⏎⏎One two⏎⏎**Comments on Plan**⏎⏎- `two`: Why?⏎- Fine.",
		);
	});

	it("that cannot be read is counted as a call of a tool", () => {
		for (const given of [call("canmore.create_textdoc", {}), call("canmore.other", {}), update()]) {
			const imported = read({ content: text("Here.") }, given);
			assert.equal(answerOf(imported), "Here.");
			assert.deepEqual(imported.omissions, { toolMessages: 1 });
		}
	});
});

describe("what ChatGPT's messages hold beside words", () => {
	it("is named where it stood: pictures, files, recordings", () => {
		const attachments = [
			{ id: "file_1", name: "cat](x).png", mime_type: "image/png" },
			{ id: "file_2", name: "notes.pdf", mime_type: "application/pdf" },
		];
		const picture = { content_type: "image_asset_pointer", asset_pointer: "sediment://file_1" };
		const imported = read({
			role: "user",
			content: { content_type: "multimodal_text", parts: [picture, "Look", picture] },
			metadata: { attachments },
		});
		const turn = imported.conversations[0]!.path()[1]!;
		assert.equal(
			turn.role === "user" && turn.text,
			"[image not imported: cat x .png]\n\nLook\n\n[image not imported]\n\n[file not imported: notes.pdf]",
		);
		assert.deepEqual(imported.omissions, { images: 2, files: 1 });
	});

	it("is the transcript of what was spoken, and recordings without one are named", () => {
		const spoken = { content_type: "audio_transcription", text: "Hello there.", direction: "in" };
		const recording = {
			content_type: "real_time_user_audio_video_asset_pointer",
			audio_asset_pointer: { asset_pointer: "sediment://file_1" },
		};
		const transcribed = read({
			content: { content_type: "multimodal_text", parts: [spoken, recording] },
		});
		assert.equal(answerOf(transcribed), "Hello there.");
		assert.deepEqual(transcribed.omissions, { recordings: 1 });
		const silent = { content_type: "audio_asset_pointer", asset_pointer: "sediment://file_1" };
		assert.equal(
			answerOf(read({ content: { content_type: "multimodal_text", parts: [silent] } })),
			"[recording not imported]",
		);
	});

	it("is code that was run, with its output and what it drew", () => {
		const imported = read(
			{ content: text("Let me see.") },
			{ to: "python", content: { content_type: "code", language: "unknown", text: "plot()" } },
			{
				role: "tool",
				content: { content_type: "execution_output", text: "done" },
				metadata: {
					aggregate_result: { messages: [{ message_type: "image" }, { message_type: "stream" }] },
				},
			},
			{ content: text("There.") },
		);
		assert.equal(
			answerOf(imported),
			"Let me see.⏎⏎```python⏎plot()⏎```⏎⏎```⏎done⏎```⏎⏎[image not imported]⏎⏎There.",
		);
		assert.deepEqual(imported.omissions, { images: 1 });
	});

	it("is a part of the thoughts where code was run while thinking", () => {
		const metadata = { reasoning_status: "is_reasoning" };
		const imported = read(
			{
				content: {
					content_type: "thoughts",
					thoughts: [{ summary: "Counting", content: "1, 2" }, 7, {}],
				},
			},
			{ to: "python", content: { content_type: "code", text: "1 + 1" }, metadata },
			{ role: "tool", content: { content_type: "execution_output", text: "2" }, metadata },
			{ content: { content_type: "reasoning_recap", content: "Thought for 3 seconds" } },
			{ content: text("Two.") },
		);
		assert.equal(answerOf(imported), "{Counting⏎⏎1, 2⏎⏎```python⏎1 + 1⏎```⏎⏎```⏎2⏎```} Two.");
	});

	it("is counted where it has no words: calls of tools, instructions, parts of an unknown kind", () => {
		const imported = read(
			{ to: "web", content: { content_type: "code", text: 'search("rain")' } },
			{ role: "tool", content: { content_type: "tether_browsing_display", result: "…" } },
			{ role: "system", content: text("Be brief.") },
			{ role: "user", content: { content_type: "user_editable_context", text: "Likes rain." } },
			{ content: text("Yes.", { content_type: "hologram" }, 7) },
		);
		assert.equal(answerOf(imported), "Yes.");
		assert.deepEqual(imported.omissions, { toolMessages: 2, systemMessages: 2, otherParts: 2 });
	});

	it("is read where members beside it are of a wrong type", () => {
		const wrong = { attachments: 7, citations: "x", content_references: {}, reasoning_status: [] };
		const mapping = {
			a: {
				parent: null,
				children: [7, "b", null],
				message: {
					author: { role: "user" },
					create_time: "now",
					content: text("Hi"),
					metadata: wrong,
				},
			},
			b: {
				message: {
					author: { role: "assistant" },
					status: 7,
					recipient: null,
					content: text("Hello"),
					metadata: [],
				},
			},
		};
		const imported = importText(
			JSON.stringify([{ title: 7, create_time: "x", current_node: 9, mapping }]),
		);
		assert.deepEqual(outline(imported.conversations[0]!), ["* You: Hi", "  * Assistant: Hello"]);
		assert.deepEqual(imported.omissions, {});
	});
});
