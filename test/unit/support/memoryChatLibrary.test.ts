import assert from "node:assert/strict";
import type { ChatRecord } from "../../../src/extension/conversation/chatRecord";
import { MemoryChatLibrary } from "../../support/chats/memoryChatLibrary";

const message = (id: string, text: string, parentId: string | null = null): ChatRecord => ({
	type: "turn",
	parentId,
	turn: { role: "user", id, sentAtMs: 1, text, attachments: [] },
});

describe("MemoryChatLibrary", () => {
	it("has a chat on its shelf from the first write on", async () => {
		const library = new MemoryChatLibrary();
		const chat = library.create("folder");
		assert.equal((await library.list()).chats.length, 0);
		chat.write([message("a", "Hello")], "now");
		assert.deepEqual(
			(await library.list()).chats.map(({ title, folder }) => [title, folder]),
			[["Hello", "folder"]],
		);
	});

	it("shows one window what another writes", async () => {
		const library = new MemoryChatLibrary();
		const chat = library.create(null);
		chat.write([message("a", "Hello")], "now");
		const other = new MemoryChatLibrary(library.shelf);
		const same = await other.open(chat.conversation.id);
		let changes = 0;
		const subscription = same!.onDidChange(() => changes++);
		chat.write([message("b", "More", "a")], "now");
		subscription.dispose();
		assert.equal(changes, 1);
		assert.equal(same!.conversation.headId, "b");
	});

	it("keeps records that cannot be written until they can", async () => {
		const library = new MemoryChatLibrary();
		const chat = library.create(null);
		library.shelf.failWrites("ENOSPC");
		chat.write([message("a", "Hello")], "now");
		assert.equal(chat.fileState.notSaved, "ENOSPC");
		assert.equal((await library.list()).chats.length, 0);
		library.shelf.failWrites(undefined);
		assert.equal(chat.fileState.notSaved, undefined);
		assert.equal((await library.list()).chats.length, 1);
	});

	it("lets one window answer at a time", async () => {
		const library = new MemoryChatLibrary();
		const chat = library.create(null);
		chat.write([message("a", "Hello")], "now");
		const same = await new MemoryChatLibrary(library.shelf).open(chat.conversation.id);
		const lease = await chat.beginAnswer();
		assert.equal(same!.fileState.answeredElsewhere, true);
		assert.equal(await same!.beginAnswer(), undefined);
		lease!.dispose();
		assert.equal(same!.fileState.answeredElsewhere, false);
	});

	it("finds words, and restores deleted chats", async () => {
		const library = new MemoryChatLibrary();
		const chat = library.create(null);
		chat.write([message("a", "Hello World")], "now");
		const { id } = chat.conversation;
		const found: string[] = [];
		const look = (): Promise<void> =>
			library.search("world", (hit) => found.push(hit.turnId), new AbortController().signal);
		await library.delete(id);
		await look();
		assert.deepEqual(found, []);
		await library.restore(id);
		await look();
		assert.deepEqual(found, ["a"]);
	});

	it("adds chats from elsewhere under new ids", async () => {
		const library = new MemoryChatLibrary();
		const chat = library.create("folder");
		chat.write([message("a", "Hello"), message("b", "Hello again")], "now");
		const [id] = await library.add([chat.conversation]);
		assert.notEqual(id, chat.conversation.id);
		const added = await library.open(id!);
		assert.deepEqual(added!.conversation.versionsOf("a"), ["a", "b"]);
		assert.equal(added!.conversation.headId, "b");
	});
});
