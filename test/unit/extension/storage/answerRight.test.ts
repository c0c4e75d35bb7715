import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import type { ChatLibrary, OpenedChat } from "../../../../src/extension/conversation/chatLibrary";
import { systemFiles, type FileSystem } from "../../../../src/extension/storage/files/fileSystem";
import { answer, ended, message, reply } from "../../../support/chats/chatRecords";
import { ManualClock } from "../../../support/manualClock";
import { SlowLock } from "../../../support/storage/slowLock";
import { StoreFolder } from "../../../support/storage/storeFolder";
import { until } from "../../../support/until";

describe("The lease of a chat", () => {
	let store: StoreFolder;
	beforeEach(async () => {
		store = await StoreFolder.make();
	});
	afterEach(() => store.remove());

	/** Returns a chat with a question, in a window with slow lock operations. */
	async function begin(library: ChatLibrary): Promise<OpenedChat> {
		const chat = library.create(null);
		chat.write([message("q", "Hello"), answer("a", "q")], "now");
		await chat.flush();
		return chat;
	}
	const lockOf = (chat: OpenedChat): string =>
		path.join(store.path, `${chat.conversation.id}.answering`);

	it("does not seem to be held elsewhere while this window releases it, even during writes", async () => {
		const slow = new SlowLock("removing");
		const chat = await begin(store.open({ fileSystem: slow.fileSystem }));
		const elsewhere: boolean[] = [];
		const subscription = chat.onDidChange(() => elsewhere.push(chat.fileState.answeredElsewhere));
		const lease = await chat.beginAnswer();
		lease?.dispose();
		chat.write([reply("a", 0, "Half"), ended("a")], "durable");
		await chat.flush();
		assert.equal(chat.fileState.answeredElsewhere, false, "the end is written");
		await slow.comes();
		chat.write([message("r", "More", "a")], "now");
		await chat.flush();
		assert.equal(chat.fileState.answeredElsewhere, false, "it is being given back");
		assert.ok(existsSync(lockOf(chat)));
		slow.goOn();
		await until("it is given back", () => !existsSync(lockOf(chat)));
		await chat.flush();
		assert.equal(chat.fileState.answeredElsewhere, false, "it is given back");
		subscription.dispose();
		assert.ok(!elsewhere.includes(true));
	});

	it("is acquired again after its release if requested during it", async () => {
		const slow = new SlowLock("removing");
		const chat = await begin(store.open({ fileSystem: slow.fileSystem }));
		(await chat.beginAnswer())?.dispose();
		await slow.comes();
		let isSettled = false;
		const next = chat.beginAnswer().finally(() => {
			isSettled = true;
		});
		await setImmediate();
		assert.equal(isSettled, false);
		slow.goOn();
		const lease = await next;
		assert.ok(lease);
		lease.dispose();
	});

	it("does not seem to be held elsewhere while this window acquires it", async () => {
		const slow = new SlowLock("created");
		const chat = await begin(store.open({ fileSystem: slow.fileSystem }));
		const taking = chat.beginAnswer();
		await slow.comes();
		assert.ok(existsSync(lockOf(chat)));
		chat.write([message("r", "More", "a")], "now");
		await chat.flush();
		assert.equal(chat.fileState.answeredElsewhere, false);
		slow.goOn();
		const lease = await taking;
		assert.ok(lease);
		lease.dispose();
	});

	it("is noticed if another window acquires it right after its release", async () => {
		const slow = new SlowLock("removed");
		// This clock never triggers a check.
		const clock = new ManualClock();
		const chat = await begin(store.open({ fileSystem: slow.fileSystem, clock }));
		(await chat.beginAnswer())?.dispose();
		await slow.comes();
		const other = await store.open().open(chat.conversation.id);
		const lease = await other?.beginAnswer();
		assert.ok(lease);
		await chat.flush();
		slow.goOn();
		await until("it is noticed", () => chat.fileState.answeredElsewhere);
		lease.dispose();
	});

	it("does not seem to be held elsewhere after the window closes and reopens the chat", async () => {
		const slow = new SlowLock("removing");
		const library = store.open({ fileSystem: slow.fileSystem });
		const chat = await begin(library);
		const lease = await chat.beginAnswer();
		chat.write([ended("a")], "durable");
		lease?.dispose();
		chat.dispose();
		await slow.comes();
		const opening = library.open(chat.conversation.id);
		// Waits as long as another window takes to open the chat.
		await store.open().open(chat.conversation.id);
		slow.goOn();
		const again = await opening;
		assert.equal(again?.fileState.answeredElsewhere, false);
		const next = await again.beginAnswer();
		assert.ok(next);
		next.dispose();
	});

	describe("that is released while another window checks it", () => {
		let one: OpenedChat;
		let giveBack: () => Promise<void>;
		/** Runs after the other window has read the chat, before it checks the lock. */
		let meanwhile: (() => Promise<void>) | undefined;
		const stat = async (file: string): Promise<unknown> => {
			if (file.endsWith(".answering")) {
				const due = meanwhile;
				meanwhile = undefined;
				await due?.();
			}
			return systemFiles.stat(file);
		};
		const fileSystem: FileSystem = { ...systemFiles, stat: stat as FileSystem["stat"] };

		beforeEach(async () => {
			one = await begin(store.open());
			const lease = await one.beginAnswer();
			giveBack = async () => {
				one.write([reply("a", 0, "All"), ended("a")], "durable");
				lease?.dispose();
				await until("it is given back", () => !existsSync(lockOf(one)));
			};
		});
		const outcome = (chat: OpenedChat | undefined): unknown => {
			const turn = chat?.conversation.turn("a");
			return turn?.role === "assistant" ? turn.outcome?.kind : undefined;
		};

		it("keeps the outcome of the answer for a window that opens the chat", async () => {
			meanwhile = giveBack;
			const two = await store.open({ fileSystem }).open(one.conversation.id);
			assert.equal(outcome(two), "stopped");
		});

		it("keeps the outcome of the answer for a window that shows the chat", async () => {
			const two = await store.open({ fileSystem }).open(one.conversation.id);
			assert.equal(two?.fileState.answeredElsewhere, true);
			const outcomes: unknown[] = [];
			const subscription = two.onDidChange(() => outcomes.push(outcome(two)));
			meanwhile = giveBack;
			await until("it is told", () => !two.fileState.answeredElsewhere);
			await two.flush();
			subscription.dispose();
			assert.ok(!outcomes.includes("interrupted"), outcomes.join());
			assert.equal(outcome(two), "stopped");
		});
	});
});
