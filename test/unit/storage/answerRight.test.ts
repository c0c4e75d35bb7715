import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import type { ChatLibrary, OpenedChat } from "../../../src/extension/conversation/chatLibrary";
import { systemFiles, type FileSystem } from "../../../src/extension/storage/fileSystem";
import { answer, ended, message, reply } from "../../support/chatRecords";
import { ManualClock } from "../../support/manualClock";
import { StoreFolder } from "../../support/storeFolder";
import { until } from "../../support/until";

type SlowMoment = "created" | "removing" | "removed";

/** The system's files, on which the lock of whoever answers takes its time at one moment. */
class SlowLock {
	readonly fileSystem: FileSystem;
	readonly #moment: SlowMoment;
	#goOn: (() => void) | undefined;
	#isSlow = true;

	constructor(moment: SlowMoment) {
		this.#moment = moment;
		this.fileSystem = {
			...systemFiles,
			unlink: async (file) => {
				await this.#reach("removing", String(file));
				await systemFiles.unlink(file);
				await this.#reach("removed", String(file));
			},
			open: async (file, flags, mode) => {
				const handle = await systemFiles.open(file, flags, mode);
				if (flags === "wx") {
					await this.#reach("created", String(file));
				}
				return handle;
			},
		};
	}

	/** Settles when the moment has come. */
	async comes(): Promise<void> {
		await until(`the lock is ${this.#moment}`, () => this.#goOn);
	}

	/** Ends the moment; no other takes its time. */
	goOn(): void {
		this.#isSlow = false;
		this.#goOn?.();
	}

	async #reach(moment: SlowMoment, file: string): Promise<void> {
		if (this.#isSlow && moment === this.#moment && file.endsWith(".answering")) {
			await new Promise<void>((resolve) => {
				this.#goOn = resolve;
			});
		}
	}
}

describe("the right to answer in a conversation", () => {
	let store: StoreFolder;
	beforeEach(async () => {
		store = await StoreFolder.make();
	});
	afterEach(() => store.remove());

	/** @returns a conversation with a question, in a window that takes its time with the lock. */
	async function begin(library: ChatLibrary): Promise<OpenedChat> {
		const chat = library.create(null);
		chat.write([message("q", "Hello"), answer("a", "q")], "now");
		await chat.flush();
		return chat;
	}
	const lockOf = (chat: OpenedChat): string =>
		path.join(store.path, `${chat.conversation.id}.answering`);

	it("is not another window's while this one is giving it back, whatever is written meanwhile", async () => {
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

	it("is had again by who asks while giving it back, as soon as that is over", async () => {
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

	it("is not another window's while this one is being given it", async () => {
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

	it("is noticed of another window that had it the moment it was given back", async () => {
		const slow = new SlowLock("removed");
		// By this clock nobody looks because time has passed.
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

	it("is not another window's for the window that closes a conversation and opens it again", async () => {
		const slow = new SlowLock("removing");
		const library = store.open({ fileSystem: slow.fileSystem });
		const chat = await begin(library);
		const lease = await chat.beginAnswer();
		chat.write([ended("a")], "durable");
		lease?.dispose();
		chat.dispose();
		await slow.comes();
		const opening = library.open(chat.conversation.id);
		// Which takes another window as long.
		await store.open().open(chat.conversation.id);
		slow.goOn();
		const again = await opening;
		assert.equal(again?.fileState.answeredElsewhere, false);
		const next = await again.beginAnswer();
		assert.ok(next);
		next.dispose();
	});
});
