import assert from "node:assert/strict";
import { MemoryShelf } from "../../../support/chats/memoryShelf";
import { SessionHarness } from "../../../support/chats/sessionHarness";

describe("A chat that is about to be deleted", () => {
	let chat: SessionHarness;
	beforeEach(async () => {
		chat = await SessionHarness.start(new MemoryShelf());
	});

	/** Deletes the chat with this id, as the history does. */
	async function remove(id: string): Promise<void> {
		await chat.session.letGo(id);
		await chat.library.delete(id);
	}

	it("is replaced by a new one if it is shown", async () => {
		await chat.exchange("u1", "one", "1");
		const { id } = chat.chat.conversation;
		await remove(id);
		assert.deepEqual(chat.said, []);
		assert.notEqual(chat.chat.conversation.id, id);
		assert.equal(chat.lastChatId, undefined);
	});

	it("leaves another chat on screen", async () => {
		await chat.exchange("u1", "one", "1");
		const { id } = chat.chat.conversation;
		await chat.session.newChat();
		await chat.exchange("u2", "two", "2");
		await remove(id);
		assert.deepEqual(chat.said, ["two", "2"]);
	});

	for (const isShown of [true, false]) {
		it(`stops its answer, which does not restore it, while it is ${isShown ? "" : "not "}shown`, async () => {
			await chat.begin("u1", "one");
			chat.say("1");
			const { id } = chat.chat.conversation;
			if (!isShown) {
				await chat.session.newChat();
			}
			await remove(id);
			assert.equal(chat.languageModel.generates[0]!.signal.aborted, true);
			chat.say(", 2");
			await chat.end("complete");
			const { chats, deleted } = await chat.library.list();
			assert.deepEqual(chats, []);
			assert.deepEqual(
				deleted.map((summary) => summary.id),
				[id],
			);
			await chat.library.restore(id);
			await chat.shown.show(id);
			assert.deepEqual(chat.said, ["one", "1"]);
			assert.deepEqual(chat.answer.state, {
				kind: "ended",
				outcome: { kind: "stopped", stats: undefined },
			});
		});
	}

	it("does not stop the answer in another chat", async () => {
		await chat.exchange("u1", "one", "1");
		const { id } = chat.chat.conversation;
		await chat.session.newChat();
		await chat.begin("u2", "two");
		await remove(id);
		assert.equal(chat.languageModel.generates.at(-1)!.signal.aborted, false);
	});
});
