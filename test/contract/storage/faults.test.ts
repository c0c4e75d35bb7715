import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, unlinkSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { systemClock } from "../../../src/extension/base/clock";
import type { ChatLibrary, OpenedChat } from "../../../src/extension/conversation/chatLibrary";
import { answer, contentOf, ended, message, reply, title } from "../../support/chats/chatRecords";
import { FaultyFiles } from "../../support/storage/faultyFiles";
import { chosenSeed, seededRandom } from "../../support/random";
import { skipBecause } from "../../support/skipBecause";
import { journal, StoreFolder } from "../../support/storage/storeFolder";
import { until } from "../../support/until";

const anHourAgo = new Date(Date.now() - 3_600_000);
const pieces = Array.from({ length: 1000 }, (_, at) => reply("a", at * 2, "ab"));

/** The initial files: one to compact, a damaged one, and one to change and delete. */
function prepare(store: StoreFolder): void {
	store.put("large", journal("large", message("q", "Hi"), answer("a", "q"), ...pieces, ended("a")));
	utimesSync(store.file("large"), anHourAgo, anHourAgo);
	store.put("damaged", `${journal("damaged", message("q", "Hi"))}?\n`);
	store.put("other", journal("other", message("q", "Other")));
}

/** Retries `change` until it succeeds, as users do after a failure. */
async function insist<T>(change: () => Promise<T>): Promise<T> {
	let attempts = 0;
	for (;;) {
		try {
			return await change();
		} catch (error) {
			attempts += 1;
			if (attempts > 30) {
				throw error;
			}
		}
	}
}

async function save(chat: OpenedChat): Promise<void> {
	await insist(async () => {
		await chat.flush();
		assert.equal(chat.fileState.notSaved, undefined);
	});
}

/** Performs every kind of write of a library. @returns the new chat, and an added one */
async function useAll(library: ChatLibrary): Promise<{ chat: OpenedChat; addedId: string }> {
	const chat = library.create("project");
	chat.write([message("q", "Hello")], "now");
	await chat.flush();
	const lease = await chat.beginAnswer();
	assert.ok(lease);
	chat.write([answer("a", "q"), reply("a", 0, "One ")], "now");
	await chat.flush();
	chat.write([reply("a", 4, "two")], "soon");
	chat.write([ended("a")], "durable");
	lease.dispose();
	await chat.flush();
	chat.write([title("Title")], "now");
	chat.write([message("r", "More", "a")], "now");
	await save(chat);
	const large = await library.open("large");
	large?.write([{ type: "pinned", pinned: true }], "now");
	const damaged = await library.open("damaged");
	damaged?.write([message("r", "After", "q")], "durable");
	assert.ok(large && damaged);
	await save(large);
	await save(damaged);
	await insist(() => library.change("other", [title("Changed")]));
	await insist(() => library.delete("other"));
	await library.list();
	await insist(() => library.restore("other"));
	const [addedId = ""] = await insist(() => library.add([chat.conversation]));
	for (const each of [large, damaged, chat]) {
		each.dispose();
		await each.flush();
	}
	return { chat, addedId };
}

/** Checks that a window that opens later finds all chats complete. */
async function assertWhole(store: StoreFolder, chat: OpenedChat, addedId: string): Promise<void> {
	const library = store.open();
	const { chats, deleted, unreadable } = await library.list();
	assert.deepEqual([deleted, unreadable], [[], []]);
	assert.equal(chats.length, 5);
	const content = async (id: string): Promise<unknown> => {
		const opened = await library.open(id);
		assert.ok(opened, id);
		// A lock that could neither be written nor removed blocks others for some seconds.
		await until("nobody answers", () => !opened.fileState.answeredElsewhere);
		const read = contentOf(opened.conversation);
		opened.dispose();
		return read;
	};
	const expected = contentOf(chat.conversation);
	assert.match(JSON.stringify(expected), /One two.*More.*Title/);
	assert.deepEqual(await content(chat.conversation.id), expected);
	assert.deepEqual(await content(addedId), expected);
	assert.match(JSON.stringify(await content("large")), /(ab){1000}.*pinned/);
	assert.match(JSON.stringify(await content("damaged")), /Hi.*After/);
	assert.match(JSON.stringify(await content("other")), /Other.*Changed/);
}

describe("Chats on a failing disk", function () {
	this.timeout(300_000);
	const seed = chosenSeed();

	async function run(fault: FaultyFiles["fault"]): Promise<number> {
		const store = await StoreFolder.make();
		try {
			prepare(store);
			const files = new FaultyFiles(fault);
			const library = store.open({ fileSystem: files.fileSystem });
			const { chat, addedId } = await useAll(library);
			library.dispose();
			files.fault = () => undefined;
			await assertWhole(store, chat, addedId);
			return files.calls;
		} finally {
			await store.remove();
		}
	}

	// With ALL_FAULTS=1, every call fails with both errors; otherwise the seed selects a third of the calls, and the error.
	const isWhole = process.env.ALL_FAULTS === "1";
	const codes = ["ENOSPC", "EACCES"] as const;

	it(`stay complete if any one write fails with ENOSPC or EACCES (SEED=${seed})`, async () => {
		const calls = await run(() => undefined);
		let tried = 0;
		let failed = 0;
		for (let at = 1; at <= calls; at++) {
			for (const [index, code] of codes.entries()) {
				if (isWhole || (at + seed) % 6 === index * 3) {
					tried += 1;
					const fault = (call: number): string | undefined => {
						failed += Number(call === at);
						return call === at ? code : undefined;
					};
					await run(fault).catch((error: unknown) => {
						throw new Error(`call ${at}, ${code}: ${String(error)}`, { cause: error });
					});
				}
			}
		}
		assert.ok(tried > 25 && failed > tried * 0.95, `${failed} of ${tried}`);
		process.stdout.write(`      ${failed} failed calls of ${calls} in a run without any\n`);
	});

	it(`stay complete after each call failed in turn (SEED=${seed})`, async () => {
		const next = seededRandom(seed);
		for (let round = 0; round < (isWhole ? 40 : 8); round++) {
			const from = Math.floor(next() * 100);
			const length = 2 + Math.floor(next() * 12);
			await run((call) => (call >= from && call < from + length ? "ENOSPC" : undefined)).catch(
				(error: unknown) => {
					throw new Error(`calls ${from} + ${length}: ${String(error)}`, { cause: error });
				},
			);
		}
	});

	it("stay on screen, and are saved once there is room", async function () {
		const store = await StoreFolder.make();
		mkdirSync(store.path);
		try {
			execFileSync("mount", ["-t", "tmpfs", "-o", "size=300k", "none", store.path], {
				stdio: "pipe",
			});
		} catch {
			await store.remove();
			skipBecause(this, "a small file system can be mounted by root on Linux only");
		}
		try {
			const library = store.open({ clock: systemClock });
			const chat = library.create(null);
			chat.write([message("q", "Hello"), answer("a", "q")], "durable");
			await chat.flush();
			const filler = path.join(store.path, "filler");
			writeFileSync(filler, Buffer.alloc(150_000));
			const text = "0123456789".repeat(1000);
			const codes = new Set<string | undefined>();
			for (let offset = 0; offset < 300_000 && !codes.has("ENOSPC"); offset += text.length) {
				chat.write([reply("a", offset, text)], "now");
				await chat.flush();
				codes.add(chat.fileState.notSaved);
			}
			chat.write([ended("a")], "durable");
			await chat.flush();
			assert.equal(chat.fileState.notSaved, "ENOSPC");
			const early = await store.open().open(chat.conversation.id);
			assert.equal(early?.fileState.damage, undefined, "what is there is whole");
			unlinkSync(filler);
			await until("it is written by itself", () => chat.fileState.notSaved === undefined);
			const late = await store.open().open(chat.conversation.id);
			assert.deepEqual(contentOf(late!.conversation), contentOf(chat.conversation));
		} finally {
			execFileSync("umount", ["--lazy", store.path]);
			await store.remove();
		}
	});
});
