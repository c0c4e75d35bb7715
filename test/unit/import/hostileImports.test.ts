import assert from "node:assert/strict";
import { ChatScanner } from "../../../src/import/json/chatScanner";
import { DocumentReader } from "../../../src/import/json/documentReader";
import { maxValueBytes } from "../../../src/import/importLimits";
import {
	fixture,
	imported,
	importText,
	outline,
	type Imported,
} from "../../support/exchange/importing";
import { seededRandom } from "../../support/random";

const message = (role: string, text: string): object => ({
	author: { role },
	content: { content_type: "text", parts: [text] },
});

/** @returns a conversation of ChatGPT's with a message of that JSON between two good ones, and a good one behind it. */
function around(json: string): string {
	const good = (text: string, parent: string | null): string =>
		JSON.stringify({
			parent,
			children: parent === null ? ["b"] : [],
			message: message("user", text),
		});
	const first = `"title":"One","mapping":{"a":${good("Hi", null)},"b":${json},"c":${good("There?", "b")}}`;
	return `[{${first}},{"title":"Two","mapping":{"a":${good("Second", null)}}}]`;
}

const kept = ["* You: Hi", "  * You: There?"];

function outlines({ conversations }: Imported): string[][] {
	return conversations.map(outline);
}

describe("a hostile import", () => {
	const broken: readonly (readonly [what: string, json: string])[] = [
		["is a word that JSON does not know", "undefined"],
		["has a comma too many", '{"message":{"author":{"role":"user"},,}}'],
		["has a line break in a string", '{"message":"a\nb"}'],
		["has an escape that JSON does not know", '{"message":"\\x"}'],
		["is nested a million times", `${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}`],
		["is a list of a million numbers", `{"message":[${"1,".repeat(1_000_000)}1]}`],
		[
			"has a million members",
			`{${Array.from({ length: 1_000_000 }, (_, n) => `"k${n}":0`).join(",")}}`,
		],
		[
			"is longer than any message",
			`{"message":"${"x".repeat(1_000)}","parts":[${`"${"y".repeat(1_000_000)}",`.repeat(40)}1]}`,
		],
		["is a number of a million digits", "9".repeat(1_000_000)],
		["is an empty list", "[]"],
		["is null", "null"],
		["says nothing of who wrote it", '{"message":{"content":{"parts":["x"]}}}'],
		["was written by nobody that there is", `{"message":${JSON.stringify(message("ghost", "x"))}}`],
		["has an author that is a number", '{"message":{"author":{"role":7}}}'],
	];
	for (const [what, json] of broken) {
		it(`loses only a message that ${what}`, () => {
			const read = importText(around(json));
			assert.deepEqual(outlines(read), [kept, ["* You: Second"]]);
			assert.equal(read.problem, undefined);
			assert.deepEqual(read.omissions, { brokenMessages: 1 });
		});
	}

	it("cuts a text that is too long, and keeps the rest of its conversation", () => {
		const long = JSON.stringify({ parent: "a", message: message("user", "“é”".repeat(2_000_000)) });
		const read = importText(around(long));
		const [first] = read.conversations;
		const turn = first!.path()[1]!;
		assert.ok(turn.role === "user" && turn.text.length <= 4_000_000);
		assert.match(
			turn.text.slice(-100),
			/\n\n\[The rest of this text is too long and was not imported\.\]$/,
		);
		assert.equal(first!.path().length, 3);
		assert.deepEqual(read.omissions, { longTexts: 1 });
	});

	it("holds no more of a string than a message may have, however long it is", () => {
		const reader = new DocumentReader("document", { chats: 10, patternMs: 0 });
		const scanner = new ChatScanner(reader);
		const [before, after] = around(
			JSON.stringify({ parent: "a", message: message("user", "CUT") }),
		).split("CUT");
		scanner.push(Buffer.from(before!));
		const chunk = Buffer.alloc(1024 * 1024, "x");
		const memory = process.memoryUsage().arrayBuffers;
		for (let count = 0; count < 200; count += 1) {
			scanner.push(chunk);
		}
		assert.ok(process.memoryUsage().arrayBuffers - memory < 4 * maxValueBytes);
		scanner.push(Buffer.from(after!));
		reader.end(scanner.end());
		const read = imported(reader.take());
		assert.equal(read.conversations[0]!.path().length, 3);
		assert.deepEqual(read.omissions, { longTexts: 1 });
	});

	it("omits pictures embedded in text", () => {
		const picture = `data:image/png;base64,${"A".repeat(100_000)}`;
		const text = `Look: ![chart](${picture}) and ![a](${picture}).`;
		const read = importText(
			around(JSON.stringify({ parent: "a", message: message("user", text) })),
		);
		assert.deepEqual(
			outlines(read)[0]![1],
			"  * You: Look: [image not imported] and [image not imported].",
		);
		assert.deepEqual(read.omissions, { images: 2 });
	});

	it("keeps a long text that begins with “data:” and is no picture or file", () => {
		for (const start of [
			'data: {"id":1}\n\n',
			"data: read/write; then",
			"data:\n  - a/b\n",
			"data:a/b or c;",
			"data:,",
			"data:image/",
			"data://x/y,",
		]) {
			const text = `${start}${"log ".repeat(1_000)}end`;
			const read = importText(
				around(JSON.stringify({ parent: "a", message: message("user", text) })),
			);
			const turn = read.conversations[0]!.path()[1]!;
			assert.ok(turn.role === "user" && turn.text === text, start);
			assert.deepEqual(read.omissions, {}, start);
		}
	});

	it("marks and counts a text that is an embedded file, however its address is written", () => {
		for (const start of [
			"data:image/png;base64,",
			"data:image/svg+xml;charset=utf-8;base64,",
			"data:application/vnd.ms-excel;base64,",
			"data:text/plain,",
		]) {
			const json = JSON.stringify({
				parent: "a",
				message: message("user", `${start}${"A".repeat(100_000)}`),
			});
			for (const written of [json, json.replaceAll("/", "\\/")]) {
				const read = importText(around(written));
				const turn = read.conversations[0]!.path()[1]!;
				assert.ok(turn.role === "user" && turn.text.startsWith(start) && turn.text.length < 200);
				assert.match(
					turn.text,
					/\n\n\[The rest of this text is too long and was not imported\.\]$/,
				);
				assert.deepEqual(read.omissions, { longTexts: 1 });
			}
		}
	});

	it("keeps the first of messages with the same key, and the conversations of a list that comes twice", () => {
		const twice = around(
			JSON.stringify({ parent: "a", message: message("user", "First") }),
		).replace(
			'"c":',
			`"b":${JSON.stringify({ parent: "a", message: message("user", "Second") })},"c":`,
		);
		const read = importText(twice);
		assert.deepEqual(outlines(read)[0], ["* You: Hi", "  * You: First", "    * You: There?"]);
		assert.deepEqual(read.omissions, { brokenMessages: 1 });
		const lists = `{"chats":${around("null")},"chats":${around("null")}}`;
		assert.equal(importText(lists).conversations.length, 4);
	});

	it("replaces invalid UTF-8 with the replacement character", () => {
		const bytes = Buffer.from(
			around(JSON.stringify({ parent: "a", message: message("user", "a?b") })),
		);
		bytes[bytes.indexOf("a?b") + 1] = 0xff;
		assert.equal(outlines(importText(bytes))[0]![1], "  * You: a\uFFFDb");
	});

	it("keeps what comes before the place where a document ends too early, wherever that is", () => {
		const text = around(JSON.stringify({ parent: "a", message: message("user", "Hello") }));
		const whole = importText(text);
		assert.equal(whole.problem, undefined);
		let conversations = 0;
		for (let length = 1; length < text.length; length += 1) {
			const read = importText(text.slice(0, length));
			assert.ok(
				read.problem?.kind === "notJson" || read.problem?.kind === "endsEarly",
				String(length),
			);
			assert.ok(read.conversations.length >= conversations, `${length}: nothing is lost again`);
			conversations = read.conversations.length;
		}
		assert.equal(conversations, 2);
	});

	it("keeps what comes before brackets that do not match, and before what is no JSON", () => {
		for (const json of ['{"a":[1}', '{"message":{"a":[1,2}}', "[[{]]"]) {
			const read = importText(around(json));
			assert.deepEqual(outlines(read), [["* You: Hi"]], json);
			assert.deepEqual(read.problem?.kind, "endsEarly");
		}
		const junk = importText(`${around("null")} and so on`);
		assert.equal(junk.conversations.length, 2);
		assert.equal(junk.problem?.kind, "endsEarly");
	});

	it("reads JSON Lines", () => {
		const lines = [around("null"), around("null")].join("\n");
		const read = importText(lines);
		assert.deepEqual([read.conversations.length, read.problem], [4, undefined]);
	});

	it("reads a document however it is split into chunks", () => {
		const random = seededRandom(5);
		for (const name of ["chatGpt.json", "lmStudio.conversation.json", "openWebUi.json"]) {
			const whole = importText(fixture(name));
			for (const bytes of [1, 2, 3, 7, 64, 1 + Math.floor(random() * 1_000)]) {
				const read = importText(fixture(name), bytes);
				assert.deepEqual(outlines(read), outlines(whole), `${name} in chunks of ${bytes}`);
				assert.deepEqual(read.omissions, whole.omissions);
			}
		}
	});

	it("ends where a file has more conversations than can be imported, with those that it read", () => {
		const reader = new DocumentReader("document", { chats: 1, patternMs: 0 });
		const scanner = new ChatScanner(reader);
		scanner.push(Buffer.from(around("null")));
		assert.equal(reader.goesOn, false);
		reader.end(scanner.end());
		const read = imported(reader.take());
		assert.deepEqual([read.conversations.length, read.problem?.kind], [1, "tooManyChats"]);
	});
});
