import assert from "node:assert/strict";
import type { Conversation } from "../../../../src/extension/conversation/conversation";
import { exportAllChats, exportChat } from "../../../../src/extension/exchange/exportChats";
import { importChats } from "../../../../src/extension/exchange/importChats";
import { isUserError } from "../../../../src/extension/base/userError";
import { treeOf } from "../../../support/chats/conversationTrees";
import {
	chosenText,
	FakeExchangeDialogs,
	TextReader,
} from "../../../support/exchange/fakeExchangeDialogs";
import { fixture, importText } from "../../../support/exchange/importing";
import { MemoryChatLibrary } from "../../../support/chats/memoryChatLibrary";

const nowMs = Date.UTC(2026, 4, 3);

/** Returns a library with one conversation for each message. */
async function libraryOf(...messages: readonly string[]): Promise<MemoryChatLibrary> {
	const library = new MemoryChatLibrary();
	for (const [index, text] of messages.entries()) {
		const chat = library.create(null);
		chat.write(
			[
				{
					type: "turn",
					parentId: null,
					turn: { role: "user", id: `m${index}`, sentAtMs: 1, text, attachments: [] },
				},
			],
			"now",
		);
		chat.dispose();
	}
	await Promise.resolve();
	return library;
}

async function conversationsOf(library: MemoryChatLibrary): Promise<Conversation[]> {
	const opened = await Promise.all((await library.list()).chats.map(({ id }) => library.open(id)));
	return opened.map((chat) => chat!.conversation);
}

function systemError(code: string): Error {
	return Object.assign(new Error(`${code}: no`), { code });
}

async function sentenceOf(failing: Promise<void>): Promise<string> {
	const error = await failing.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	assert.ok(isUserError(error));
	return error.message;
}

describe("Export Chat", () => {
	it("names the file after the conversation's title", async () => {
		for (const [kind, name] of [
			["markdown", "Why is it slow.md"],
			["json", "Why is it slow.json"],
		] as const) {
			const dialogs = new FakeExchangeDialogs();
			dialogs.kind = kind;
			dialogs.fileName = "";
			const [conversation] = await conversationsOf(await libraryOf("Why is it slow?"));
			await exportChat(conversation!, dialogs, nowMs);
			assert.deepEqual([...dialogs.files.keys()], [name]);
			assert.match(dialogs.files.get(name)!, /Why is it slow\?/);
			assert.deepEqual(dialogs.told, [`The chat was exported to ${name}.`]);
		}
	});

	it("says so if the conversation is empty", async () => {
		const empty = new MemoryChatLibrary().create(null).conversation;
		const sentence = await sentenceOf(exportChat(empty, new FakeExchangeDialogs(), nowMs));
		assert.match(sentence, /^This chat is empty/);
	});

	it("does nothing if the user cancels the dialog", async () => {
		const dialogs = new FakeExchangeDialogs();
		const [conversation] = await conversationsOf(await libraryOf("Hi"));
		await exportChat(conversation!, dialogs, nowMs);
		dialogs.kind = undefined;
		dialogs.fileName = "";
		await exportChat(conversation!, dialogs, nowMs);
		assert.equal(dialogs.files.size + dialogs.told.length, 0);
	});

	it("says why the file could not be written, and what to do", async () => {
		const dialogs = new FakeExchangeDialogs();
		dialogs.fileName = "";
		const [conversation] = await conversationsOf(await libraryOf("Hi"));
		for (const [code, words] of [
			["ENOSPC", /disk is full\. Free some space/],
			["EACCES", /no permission to write there\. Choose another folder/],
			["EROFS", /no permission to write there/],
			["ENOENT", /folder no longer exists/],
			["EIO", /EIO.*Try again/],
		] as const) {
			dialogs.writeError = systemError(code);
			assert.match(await sentenceOf(exportChat(conversation!, dialogs, nowMs)), words);
		}
		assert.deepEqual(dialogs.told, []);
	});
});

describe("Export All Chats", () => {
	it("writes one JSON file that can be imported completely", async () => {
		const library = await libraryOf("One", "Two", "Three");
		const dialogs = new FakeExchangeDialogs();
		dialogs.fileName = "";
		await exportAllChats(library, dialogs, nowMs);
		const { conversations } = importText(dialogs.files.get("Chats 2026-05-03.json")!);
		assert.deepEqual(conversations.map(treeOf), (await conversationsOf(library)).map(treeOf));
		assert.deepEqual(dialogs.told, ["3 chats were exported to Chats 2026-05-03.json."]);
		assert.equal(library.shelf.inUse.size, 3, "only what this test itself has opened is in use");
	});

	it("writes a Markdown file for each conversation, and overwrites none", async () => {
		const dialogs = new FakeExchangeDialogs();
		dialogs.kind = "markdown";
		dialogs.files.set("same.md", "mine");
		await exportAllChats(await libraryOf("Same", "Same", "Other"), dialogs, nowMs);
		assert.deepEqual(
			[...dialogs.files.keys()].sort(),
			["Other.md", "Same (2).md", "Same (3).md", "same.md"].sort(),
		);
		assert.equal(dialogs.files.get("same.md"), "mine");
		assert.deepEqual(dialogs.told, ["3 chats were exported to folder."]);
	});

	it("says how many conversations could not be read", async () => {
		const library = await libraryOf("One", "Two");
		const open = library.open.bind(library);
		let opened = 0;
		library.open = (id) => (opened++ === 0 ? Promise.resolve(undefined) : open(id));
		const dialogs = new FakeExchangeDialogs();
		dialogs.fileName = "";
		await exportAllChats(library, dialogs, nowMs);
		assert.deepEqual(dialogs.told, [
			"1 chat was exported to Chats 2026-05-03.json. 1 chat could not be read, and was not exported.",
		]);
	});

	it("writes nothing if it is canceled, and closes the opened conversations", async () => {
		const library = await libraryOf("One", "Two");
		const dialogs = new FakeExchangeDialogs();
		dialogs.fileName = "";
		dialogs.cancelAtReport = 2;
		await exportAllChats(library, dialogs, nowMs);
		assert.equal(dialogs.files.size + dialogs.told.length, 0);
		assert.equal(library.shelf.inUse.size, 0);
	});

	it("says so if no conversations exist", async () => {
		const library = new MemoryChatLibrary();
		const sentence = await sentenceOf(exportAllChats(library, new FakeExchangeDialogs(), nowMs));
		assert.equal(sentence, "You have no chats yet. Send a message first.");
	});
});

describe("Import Chats", () => {
	let library: MemoryChatLibrary;
	let dialogs: FakeExchangeDialogs;
	let reader: TextReader;
	let historyShown: number;
	const run = (): Promise<void> =>
		importChats({
			library,
			dialogs,
			createReader: () => reader,
			nowMs: () => nowMs,
			showHistory: () => {
				historyShown += 1;
			},
		});

	beforeEach(() => {
		library = new MemoryChatLibrary();
		dialogs = new FakeExchangeDialogs();
		reader = new TextReader();
		historyShown = 0;
	});

	it("imports several files, and says what it could not read", async () => {
		dialogs.imports = [
			chosenText("conversations.json", fixture("chatGpt.json")),
			chosenText("a.conversation.json", fixture("lmStudio.conversation.json")),
			chosenText("notes.json", '{"a": 1}'),
		];
		dialogs.presses.push("Show Details");
		await run();
		assert.equal((await library.list()).chats.length, 3);
		assert.deepEqual(dialogs.told, [
			"warning: Imported 3 chats. 2 chats could not be read. notes.json contains no chats that can be imported. You can import chats of Local LLM Chatbot, ChatGPT, LM Studio, and Open WebUI. Not imported: 3 images, 1 file, 3 tool messages, and 2 system messages. | Open History | Show Details",
			[
				"What was not imported",
				"",
				"notes.json contains no chats that can be imported. You can import chats of Local LLM Chatbot, ChatGPT, LM Studio, and Open WebUI.",
				"conversations.json: “Without messages”: its structure is unknown.",
				"conversations.json: “Nothing said”: it has no messages.",
				"conversations.json: “Fibonacci in two ways”: Not imported: 1 image, 1 file, and 1 system message.",
				"conversations.json: “Draw a cat.”: Not imported: 1 image and 1 tool message.",
				"a.conversation.json: “A haiku”: Not imported: 1 image, 2 tool messages, and 1 system message.",
				"",
			].join("\n"),
		]);
	});

	it("opens the history on request", async () => {
		dialogs.imports = [chosenText("a.json", fixture("lmStudio.conversation.json"))];
		dialogs.presses.push("Open History");
		await run();
		assert.equal(historyShown, 1);
	});

	it("skips existing conversations, and copies them on request", async () => {
		dialogs.imports = [chosenText("a.json", fixture("chatGpt.json"))];
		await run();
		dialogs.told.length = 0;
		dialogs.presses.push("Import Copies");
		await run();
		assert.match(
			dialogs.told[0]!,
			/^warning: Nothing was imported\. 2 chats were already imported\./,
		);
		assert.match(dialogs.told[1]!, /^warning: Imported 2 chats\./);
		assert.equal((await library.list()).chats.length, 4);
	});

	it("treats conversations that began in the same second as equal only if their titles are equal", async () => {
		const [chat] = JSON.parse(fixture("openWebUi.json")) as { title: string }[];
		dialogs.imports = [chosenText("a.json", JSON.stringify([chat]))];
		await run();
		dialogs.imports = [chosenText("a.json", JSON.stringify([{ ...chat, title: "Other" }]))];
		await run();
		assert.equal((await library.list()).chats.length, 2);
		await run();
		assert.equal((await library.list()).chats.length, 2);
	});

	it("restores the conversations that Export All Chats wrote", async () => {
		const before = await libraryOf("One", "Two");
		dialogs.fileName = "all.json";
		await exportAllChats(before, dialogs, nowMs);
		dialogs.imports = [chosenText("all.json", dialogs.files.get("all.json")!)];
		await run();
		const trees = (conversations: Conversation[]): string[] =>
			conversations.map((conversation) => JSON.stringify(treeOf(conversation))).sort();
		assert.deepEqual(trees(await conversationsOf(library)), trees(await conversationsOf(before)));
	});

	it("keeps the imported conversations if the disk is full, and says where it stopped", async () => {
		const chats = Array.from({ length: 60 }, (_, index) => ({
			title: `Chat ${index}`,
			create_time: 1_750_000_000.5 + index,
			mapping: {
				a: {
					message: {
						author: { role: "user" },
						content: { content_type: "text", parts: ["Hi"] },
					},
				},
			},
		}));
		dialogs.imports = [chosenText("a.json", JSON.stringify(chats))];
		const add = library.add.bind(library);
		library.add = (conversations) => {
			library.shelf.failWrites(library.shelf.chats.size >= 50 ? "ENOSPC" : undefined);
			return add(conversations);
		};
		await run();
		assert.equal((await library.list()).chats.length, 50);
		assert.deepEqual(dialogs.told, [
			"warning: Imported 50 chats. Then the import failed: The disk is full. Free some space, then try again. | Open History",
		]);
		assert.deepEqual(dialogs.reports, [
			"a.json: 55%, 25 chats imported",
			"a.json: 100%, 50 chats imported",
		]);
	});

	it("keeps the imported conversations if it is canceled", async () => {
		dialogs.imports = [
			chosenText("a.json", fixture("lmStudio.conversation.json")),
			...Array.from({ length: 60 }, (_, index) =>
				chosenText(
					`${index}.json`,
					fixture("lmStudio.conversation.json").replace("1750000000123", `17500000${index}1123`),
				),
			),
		];
		dialogs.cancelAtReport = 30;
		await run();
		assert.equal((await library.list()).chats.length, 25);
		assert.match(
			dialogs.told[0]!,
			/^information: Imported 25 chats\. Then the import was canceled\./,
		);
	});

	it("keeps everything read before the reading stopped, and reads the next file", async () => {
		reader.stopsAt = "a.json";
		dialogs.imports = [
			chosenText("a.json", fixture("chatGpt.json")),
			chosenText("b.json", fixture("lmStudio.conversation.json")),
		];
		await run();
		assert.equal((await library.list()).chats.length, 3);
		assert.match(
			dialogs.told[0]!,
			/^warning: Imported 3 chats\. 2 chats could not be read\. a\.json could not be read to its end, because the import process stopped/,
		);
	});

	it("names the conversations that lost a message, and lists other omissions", async () => {
		const message = (parent: string | null, more: object): object => ({ parent, ...more });
		const mapping = {
			a: message(null, { message: { author: { role: "user" }, content: { parts: ["Hi"] } } }),
			b: message("a", { message: "?" }),
			c: message("b", { message: { author: { role: "user" }, content: { parts: ["There?"] } } }),
			d: message("x", { message: { author: { role: "user" }, content: { parts: ["Ho"] } } }),
		};
		dialogs.imports = [chosenText("a.json", JSON.stringify([{ title: "One", mapping }]))];
		dialogs.presses.push("Show Details");
		await run();
		assert.deepEqual(dialogs.told, [
			"warning: Imported 1 chat. Not imported: 1 unreadable message. | Open History | Show Details",
			"What was not imported\n\na.json: “One”: Not imported: 1 unreadable message. It is unknown where 1 message belongs. It follows the message before it.\n",
		]);
	});

	it("does nothing if the user cancels the dialog", async () => {
		await run();
		dialogs.imports = [];
		await run();
		assert.deepEqual(dialogs.told, []);
	});
});
