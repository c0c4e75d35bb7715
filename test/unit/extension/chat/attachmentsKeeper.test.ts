import assert from "node:assert/strict";
import type { Memento } from "vscode";
import {
	attachmentsKeeper,
	maxKeptCodeLength,
} from "../../../../src/extension/chat/attachmentsKeeper";
import { ChatAttachments, maxAttachments } from "../../../../src/extension/chat/chatAttachments";
import { ChatStore } from "../../../../src/extension/chat/chatStore";
import type { AttachedCode } from "../../../../src/extension/conversation/attachedCode";
import { chatState } from "../../../support/view/chatStates";
import { RecordedLog } from "../../../support/recordedLog";
import { attachedCode, SessionHarness } from "../../../support/chats/sessionHarness";
import { workspaceState } from "../../../support/chats/workspaceState";

describe("Attached code before it is sent", () => {
	let state: Memento;
	let log: RecordedLog;
	beforeEach(() => {
		state = workspaceState();
		log = new RecordedLog();
	});
	const keeper = () => attachmentsKeeper(state, log);
	const openWindow = () => SessionHarness.start(undefined, undefined, keeper());
	const kept = (): readonly string[] =>
		keeper()
			.get()
			.map(({ chip }) => chip.id);
	const ids = (chat: SessionHarness): readonly string[] =>
		chat.store.state.attachments.map(({ id }) => id);

	it("is restored when the window opens again", async () => {
		const code = [attachedCode("a1", "one", 0, 0), attachedCode("a2", "two", 1, 1)];
		(await openWindow()).attachments.add(code);
		const next = await openWindow();
		assert.deepEqual(
			next.store.state.attachments,
			code.map(({ chip }) => chip),
		);
		assert.deepEqual(next.attachments.get("a2"), code[1]);
	});

	it("is read on the first use of the composer, not before", () => {
		keeper().set([attachedCode("a1", "one", 0, 0)]);
		let reads = 0;
		const counted = {
			...keeper(),
			get: (): readonly AttachedCode[] => {
				reads += 1;
				return keeper().get();
			},
		};
		const store = new ChatStore(chatState());
		const attachments = new ChatAttachments(store, counted);
		assert.equal(reads, 0);
		attachments.add([attachedCode("a2", "two", 1, 1)]);
		attachments.restore();
		assert.equal(reads, 1);
		assert.deepEqual(
			store.state.attachments.map(({ id }) => id),
			["a1", "a2"],
		);
	});

	it("is not restored after it was removed", async () => {
		const chat = await openWindow();
		chat.attachments.add([attachedCode("a1", "one", 0, 0), attachedCode("a2", "two", 1, 1)]);
		chat.attachments.remove("a1");
		assert.deepEqual(ids(await openWindow()), ["a2"]);
	});

	it("is not kept once it is sent, but is kept again if it is put back", async () => {
		const chat = await openWindow();
		chat.attachments.add([attachedCode("a1", "one")]);
		chat.session.submit("u1", "Hello");
		assert.deepEqual(state.keys(), []);
		chat.session.stop();
		await chat.settle();
		assert.equal(chat.store.state.refusal?.turnId, "u1");
		assert.deepEqual(kept(), ["a1"]);
	});

	it("is kept only with the conversation while its message is queued", async () => {
		const chat = await openWindow();
		await chat.begin("u1", "one");
		chat.attachments.add([attachedCode("a1", "one")]);
		chat.session.submit("u2", "two");
		assert.deepEqual(kept(), []);
		chat.session.removeQueued();
		assert.deepEqual(kept(), ["a1"]);
	});

	it("is not kept beyond the limit, and the log says so", () => {
		keeper().set([
			attachedCode("a1", "x".repeat(maxKeptCodeLength - 10), 0, 0),
			attachedCode("a2", "x".repeat(11), 1, 1),
		]);
		assert.deepEqual(kept(), ["a1"]);
		assert.match(log.lines.join("\n"), /^info 1 of 2 pieces of attached code/);
		keeper().set([
			attachedCode("a1", "x".repeat(maxKeptCodeLength + 1), 0, 0),
			attachedCode("a2", "x".repeat(maxKeptCodeLength), 1, 1),
		]);
		assert.deepEqual(kept(), ["a2"]);
	});

	it("is skipped, piece by piece, if the kept data is invalid", () => {
		const good = attachedCode("a1", "one");
		for (const bad of [
			null,
			"code",
			{ ...good, code: 1 },
			{ ...good, uri: undefined },
			{ ...good, chip: { ...good.chip, id: "../a1" } },
			{ ...good, chip: { ...good.chip, scope: "disk" } },
			{ ...good, range: { ...good.range, endLine: -1 } },
			attachedCode("a2", "x".repeat(maxKeptCodeLength)),
		]) {
			state = workspaceState({ attachments: [good, bad] });
			assert.deepEqual(keeper().get(), [good]);
		}
		for (const oddity of [undefined, null, "code", { 0: good }]) {
			state = workspaceState({ attachments: oddity });
			assert.deepEqual(keeper().get(), []);
		}
	});

	it("has at most as many pieces as a message may have", () => {
		const many = Array.from({ length: maxAttachments + 1 }, (_, line) =>
			attachedCode(`a${line}`, "x", line, line),
		);
		state = workspaceState({ attachments: many });
		assert.equal(keeper().get().length, maxAttachments);
	});
});
