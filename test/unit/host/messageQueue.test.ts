import assert from "node:assert/strict";
import { attachedCode, SessionHarness } from "../../support/sessionHarness";

describe("A message sent while an answer runs", () => {
	let chat: SessionHarness;
	beforeEach(async () => {
		chat = await SessionHarness.start();
		await chat.begin("u1", "one");
		chat.say("1");
	});

	it("waits, with its code, and is answered when the answer has ended", async () => {
		chat.attachments.add([attachedCode("a1", "return 2;")]);
		chat.session.submit("u2", "two");
		assert.deepEqual(chat.said, ["one", "1"]);
		const { queued, attachments } = chat.store.state;
		assert.equal(queued?.text, "two");
		assert.deepEqual(
			queued.attachments.map(({ id }) => id),
			["a1"],
		);
		assert.deepEqual(attachments, []);
		await chat.end("complete");
		assert.equal(chat.store.state.queued, undefined);
		await chat.prepare();
		await chat.fit();
		chat.say("2");
		await chat.end("complete");
		assert.deepEqual(chat.said, ["one", "1", "two", "2"]);
		assert.match(chat.backend.generates.at(-1)!.args.messages.at(-1)!.text, /return 2;/);
	});

	it("is one: a second is not taken", () => {
		chat.session.submit("u2", "two");
		chat.session.submit("u3", "three");
		assert.equal(chat.store.state.queued?.text, "two");
		assert.match(chat.log.lines.join("\n"), /warn a message was not sent/);
	});

	it("can be taken back, and its code lies in the composer again", async () => {
		chat.attachments.add([attachedCode("a1", "return 2;")]);
		chat.session.submit("u2", "two");
		chat.session.removeQueued();
		assert.equal(chat.store.state.queued, undefined);
		assert.deepEqual(
			chat.store.state.attachments.map(({ id }) => id),
			["a1"],
		);
		await chat.end("complete");
		assert.deepEqual(chat.said, ["one", "1"]);
	});

	for (const how of ["stopped", "failed"] as const) {
		it(`goes on waiting when the answer was ${how}, until it is sent`, async () => {
			chat.session.submit("u2", "two");
			if (how === "stopped") {
				chat.session.stop();
				await chat.end("stopped");
			} else {
				chat.backend.generates[0]!.fail({ kind: "internal", message: "" });
				await chat.settle();
			}
			assert.equal(chat.store.state.queued?.text, "two");
			chat.session.sendQueued();
			assert.deepEqual(chat.said, ["one", "1", "two", ""]);
			assert.equal(chat.store.state.queued, undefined);
		});
	}

	it("still waits after the window was gone, and is not sent by itself", async () => {
		chat.session.submit("u2", "two");
		chat.session.dispose();
		await chat.end("stopped");
		const again = await SessionHarness.start(chat.library.shelf, chat.lastChatId);
		await again.settle();
		assert.equal(again.store.state.queued?.text, "two");
		assert.deepEqual(again.backend.prepares, []);
		again.session.sendQueued();
		assert.deepEqual(again.said, ["one", "1", "two", ""]);
	});
});
