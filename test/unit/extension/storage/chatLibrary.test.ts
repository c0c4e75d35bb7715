import assert from "node:assert/strict";
import {
	mkdirSync,
	readdirSync,
	readFileSync,
	statSync,
	unlinkSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import type { ChatHit, ChatLibrary } from "../../../../src/extension/conversation/chatLibrary";
import { Conversation } from "../../../../src/extension/conversation/conversation";
import { findInTurns } from "../../../../src/extension/storage/chatSearch";
import { systemFiles } from "../../../../src/extension/storage/files/fileSystem";
import {
	answer,
	contentOf,
	ended,
	message,
	reply,
	title,
} from "../../../support/chats/chatRecords";
import { FaultyFiles } from "../../../support/storage/faultyFiles";
import { ManualClock } from "../../../support/manualClock";
import { skipBecause } from "../../../support/skipBecause";
import { header, journal, StoreFolder } from "../../../support/storage/storeFolder";
import { until } from "../../../support/until";

const dayMs = 24 * 60 * 60 * 1000;

describe("The chat library", () => {
	let store: StoreFolder;
	let library: ChatLibrary;

	beforeEach(async () => {
		store = await StoreFolder.make();
		library = store.open();
	});
	afterEach(() => store.remove());

	const titles = async (from = library): Promise<string[]> =>
		(await from.list()).chats.map((chat) => chat.title);

	describe("the list", () => {
		it("is empty without files, and creates no folder", async () => {
			const { freeBytes, reasons, ...list } = await library.list();
			assert.deepEqual(list, { chats: [], deleted: [], totalBytes: 0, unreadable: [] });
			assert.ok(freeBytes !== undefined && freeBytes > 0);
			assert.equal(reasons.size, 0);
			assert.deepEqual(readdirSync(path.dirname(store.path)), []);
		});

		it("starts with pinned chats, then the latest ones", async () => {
			store.put("old", journal("old", message("q", "Old", null, 1000)));
			store.put("new", journal("new", message("q", "New", null, 3000)));
			store.put("mid", journal("mid", message("q", "Mid", null, 2000), answer("a", "q", 2500)));
			store.put(
				"pin",
				journal("pin", message("q", "Pin", null, 600), { type: "pinned", pinned: true }),
			);
			assert.deepEqual(await titles(), ["Pin", "New", "Mid", "Old"]);
			const [first, second] = (await library.list()).chats;
			assert.deepEqual(first, {
				id: "pin",
				title: "Pin",
				createdAtMs: 500,
				updatedAtMs: 600,
				folder: "project",
				pinned: true,
				fileBytes: store.text("pin").length,
				deletedAtMs: undefined,
			});
			await library.change("old", [title("Renamed")]);
			assert.deepEqual(await titles(), ["Pin", "New", "Mid", "Renamed"]);
			assert.equal(second?.updatedAtMs, 3000);
		});

		it("states the latest time, even if the clock went backwards", async () => {
			store.put(
				"c",
				journal(
					"c",
					message("q", "Hello", null, 9000),
					answer("a", "q", 9500),
					message("r", "Later", "a", 100),
				),
			);
			const [chat] = (await library.list()).chats;
			assert.equal(chat?.updatedAtMs, 9500);
			assert.equal((await library.open("c"))?.conversation.headId, "r");
		});

		it("states the title of each chat, or its first line", async () => {
			const long = `${"word ".repeat(30)}\nsecond line`;
			store.put("a", journal("a", message("q", `\n  ${long}`)));
			store.put("b", journal("b"));
			store.put("c", journal("c", message("q", "Hello"), title("Given")));
			const list = new Map((await library.list()).chats.map((chat) => [chat.id, chat.title]));
			assert.equal(list.get("a"), `${"word ".repeat(12).trim()}…`);
			assert.equal(list.get("b"), "");
			assert.equal(list.get("c"), "Given");
		});

		it("states the size of all files, including deleted and damaged ones", async () => {
			store.put("a", journal("a", message("q", "Hello")));
			store.put("b", `${journal("b", message("q", "Hello"))}?\n`);
			await library.open("b");
			await library.delete("a");
			const bytes = ["deleted", "damaged", "."].flatMap((folder) =>
				store
					.names(folder)
					.filter((name) => name.endsWith(".jsonl"))
					.map((name) => statSync(path.join(store.path, folder, name)).size),
			);
			assert.equal(bytes.length, 3);
			assert.equal(
				(await library.list()).totalBytes,
				bytes.reduce((total, size) => total + size),
			);
		});

		it("names unreadable files, and leaves them unchanged", async () => {
			store.put("empty", "");
			store.put("binary", Buffer.from([0, 1, 2, 10, 255, 254]));
			store.put("good", journal("good", message("q", "Hello")));
			store.put("no id.at all", "x");
			const list = await library.list();
			assert.deepEqual([...list.unreadable].sort(), [
				"binary.jsonl",
				"empty.jsonl",
				"no id.at all.jsonl",
			]);
			assert.deepEqual(await titles(), ["Hello"]);
			assert.equal(await library.open("empty"), undefined);
			assert.equal(await library.open("binary"), undefined);
			assert.equal(store.text("empty"), "");
			assert.deepEqual(store.names("damaged"), []);
		});
	});

	describe("the index", () => {
		/** Returns a library that adds the ids of the journals it reads to `read`. */
		function noting(read: string[]): ChatLibrary {
			const open: typeof systemFiles.open = (file, ...rest) => {
				if (String(file).endsWith(".jsonl")) {
					read.push(path.basename(String(file), ".jsonl"));
				}
				return systemFiles.open(file, ...rest);
			};
			return store.open({ fileSystem: { ...systemFiles, open } });
		}

		beforeEach(() => {
			store.put("a", journal("a", message("q", "Alpha")));
			store.put("b", journal("b", message("q", "Beta")));
		});

		it("makes it read only changed files", async () => {
			await library.list();
			const read: string[] = [];
			assert.deepEqual(await titles(noting(read)), ["Alpha", "Beta"]);
			assert.deepEqual(read, []);
			store.add("b", title("Other"));
			assert.deepEqual(await titles(noting(read)), ["Alpha", "Other"]);
			assert.deepEqual(read, ["b"]);
		});

		it("works for a chat without a title, too", async () => {
			store.put("c", journal("c"));
			await library.list();
			const read: string[] = [];
			assert.deepEqual((await titles(noting(read))).sort(), ["", "Alpha", "Beta"]);
			assert.deepEqual(read, []);
		});

		it("is rebuilt if it is missing, damaged, or of another version", async () => {
			await library.list();
			const index = path.join(store.path, "index.json");
			const whole = readFileSync(index, "utf8");
			for (const content of [
				undefined,
				"",
				whole.slice(0, 50),
				whole.replace(/"version":\d+/, '"version":0'),
				'{"version":2,"files":{"a.jsonl":{"bytes":"many"}}}',
			]) {
				if (content === undefined) {
					unlinkSync(index);
				} else {
					writeFileSync(index, content);
				}
				const read: string[] = [];
				assert.deepEqual(await titles(noting(read)), ["Alpha", "Beta"]);
				assert.deepEqual(read, ["a", "b"]);
				assert.equal(readFileSync(index, "utf8"), whole);
			}
		});

		it("does not list files that no longer exist", async () => {
			await library.list();
			unlinkSync(store.file("a"));
			assert.deepEqual(await titles(store.open()), ["Beta"]);
		});

		it("is optional: chats are listed even if it cannot be written", async () => {
			await library.list();
			unlinkSync(path.join(store.path, "index.json"));
			(await import("node:fs")).mkdirSync(path.join(store.path, "index.json"));
			assert.deepEqual(await titles(store.open()), ["Alpha", "Beta"]);
		});
	});

	describe("the search", () => {
		async function search(text: string, from = library): Promise<ChatHit[]> {
			const hits: ChatHit[] = [];
			await from.search(text, (hit) => hits.push(hit), new AbortController().signal);
			return hits;
		}

		it("covers questions, answers, and thoughts, ignores case, and starts with the latest chat", async () => {
			store.put("a", journal("a", message("q", "What is a Zebra?", null, 1000)));
			store.put(
				"b",
				journal(
					"b",
					message("q", "Hello", null, 2000),
					answer("r", "q", 2000),
					reply("r", 0, "A ze"),
					reply("r", 4, "BRA is\n an animal"),
					ended("r"),
				),
			);
			store.put("c", journal("c", message("q", "Horses", null, 3000)));
			assert.deepEqual(await search("zebra"), [
				{ id: "b", turnId: "r", excerpt: "A zeBRA is an animal" },
				{ id: "a", turnId: "q", excerpt: "What is a Zebra?" },
			]);
			assert.deepEqual(await search("(.*"), []);
			assert.deepEqual(await search(""), []);
		});

		it("takes every character literally", async () => {
			const characters = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ ü🙂\u202e";
			store.put(
				"a",
				journal(
					"a",
					message(
						"q",
						Array.from(characters)
							.map((c) => `x${c}y`)
							.join(" "),
					),
				),
			);
			store.put("b", journal("b", message("q", "xay x1y x\ty")));
			for (const character of Array.from(characters)) {
				const found = await search(`x${character}y`);
				assert.deepEqual(
					found.map(({ id }) => id),
					["a"],
					character,
				);
			}
			assert.deepEqual(await search("\ud83d"), []);
		});

		it("covers every branch, and returns the words around a match on one line", async () => {
			const words = `${"before ".repeat(50)}ÄPFEL${" after".repeat(50)}`;
			store.put("a", journal("a", message("q", words), message("r", "shown")));
			const [hit] = await search("äpfel");
			assert.equal(hit?.turnId, "q");
			assert.match(hit.excerpt, /^…[befor ]{25,32}ÄPFEL[after ]{40,61}…$/);
		});

		it("stops when it is canceled", async () => {
			for (let at = 0; at < 20; at++) {
				store.put(`c${at}`, journal(`c${at}`, message("q", "Hello", null, at)));
			}
			const stop = new AbortController();
			const hits: ChatHit[] = [];
			const onHit = (hit: ChatHit): void => {
				hits.push(hit);
				stop.abort();
			};
			await library.search("hello", onHit, stop.signal);
			assert.equal(hits.length, 1);
		});

		it("does not block other work in a long answer", async () => {
			const conversation = new Conversation({
				format: "local-llm-chat",
				version: 1,
				id: "c",
				createdAtMs: 1,
				folder: null,
			});
			conversation.apply(message("q", "all work and no play ".repeat(250_000)));
			let turns = 0;
			let isSearching = true;
			const work = (): void => {
				turns += 1;
				if (isSearching) {
					setImmediate(work);
				}
			};
			setImmediate(work);
			const found = await findInTurns(conversation, "jack", new AbortController().signal);
			isSearching = false;
			assert.equal(found, undefined);
			assert.ok(turns >= 8, `others had ${turns} turns`);
		});
	});

	describe("the deletion", () => {
		beforeEach(() => {
			store.put("c", journal("c", message("q", "Hello")));
		});

		it("moves a chat to a folder, from which it can be restored unchanged", async () => {
			const before = store.text("c");
			await library.delete("c");
			const { chats, deleted } = await library.list();
			assert.deepEqual(chats, []);
			assert.equal(deleted[0]?.id, "c");
			assert.ok(Math.abs((deleted[0].deletedAtMs ?? 0) - Date.now()) < 10_000);
			assert.equal(await library.open("c"), undefined);
			await library.restore("c");
			assert.equal(store.text("c"), before);
			assert.deepEqual((await library.list()).deleted, []);
		});

		it("works for a chat in use, and saves its pending records first", async () => {
			const chat = await library.open("c");
			chat?.write([title("Last words")], "soon");
			await library.delete("c");
			await library.restore("c");
			assert.match(store.text("c"), /Last words/);
		});

		it("becomes permanent after 30 days, on the next list", async () => {
			const clock = new ManualClock();
			clock.advance(Date.now() - clock.nowMs());
			const other = store.open({ clock });
			await other.delete("c");
			clock.advance(29 * dayMs);
			assert.equal((await other.list()).deleted.length, 1);
			clock.advance(2 * dayMs);
			assert.deepEqual((await other.list()).deleted, []);
			assert.deepEqual(store.names("deleted"), []);
		});

		it("does not become permanent at once if the clock was behind", async () => {
			const clock = new ManualClock();
			const behind = store.open({ clock });
			await behind.delete("c");
			assert.equal((await library.list()).deleted.length, 1);
		});

		it("permanently removes one chat and the copies of its damaged file, and nothing else", async () => {
			store.put("d", journal("d", message("q", "Other")));
			const copy = "damaged/c-1764550000000-0123456789abcdef";
			const others = [
				"damaged/c-d-1764550000000-0123456789abcdef",
				"damaged/d-1764550000000-0123456789abcdef",
			];
			mkdirSync(path.join(store.path, "damaged"));
			for (const file of [copy, ...others]) {
				store.put(file, "{}");
			}
			await library.delete("c");
			await library.delete("d");
			await library.deletePermanently("c");
			assert.deepEqual(
				(await library.list()).deleted.map(({ id }) => id),
				["d"],
			);
			assert.deepEqual(
				[copy, ...others].map((file) => store.has(file)),
				[false, true, true],
			);
			assert.equal(await library.restore("c"), false);
			assert.equal(await library.restore("d"), true);
			assert.equal(await library.restore("d"), true, "it is back already");
		});

		it("cannot become permanent for a chat that was not deleted before", async () => {
			await library.deletePermanently("c");
			assert.equal(store.has("c"), true);
		});

		it("permanently removes all deleted chats, including unreadable ones, when emptied", async () => {
			store.put("d", journal("d", message("q", "Other")));
			await library.delete("c");
			store.put("deleted/x.1764550000000", "\0\0");
			await library.emptyDeleted();
			assert.deepEqual(store.names("deleted"), []);
			assert.equal(store.has("d"), true);
		});

		it("does nothing for a missing or already deleted chat", async () => {
			await library.delete("c");
			await library.delete("c");
			await library.delete("other");
			await library.restore("other");
			assert.equal((await library.list()).deleted.length, 1);
		});
	});

	it("changes a chat that is not in use, and reports a failure", async () => {
		store.put("c", journal("c", message("q", "Hello")));
		await library.change("c", [title("T"), { type: "pinned", pinned: true }]);
		const [chat] = (await library.list()).chats;
		assert.deepEqual([chat?.title, chat?.pinned], ["T", true]);
		await library.change("none", [title("T")]);
		assert.equal(store.has("none"), false);
		const failing = store.open({ fileSystem: new FaultyFiles(() => "EACCES").fileSystem });
		await assert.rejects(failing.change("c", [title("U")]), { code: "EACCES" });
	});

	it("changes a chat that is in use, here and in other windows", async () => {
		store.put("c", journal("c", message("q", "Hello")));
		const here = await library.open("c");
		const elsewhere = await store.open().open("c");
		await library.change("c", [title("T")]);
		assert.equal(here?.conversation.givenTitle?.text, "T");
		await until("the other window shows it", () => elsewhere?.conversation.givenTitle);
	});

	it("adds conversations as new chats, all or none", async () => {
		store.put("c", journal("c", message("q", "Hello"), message("r", "Hi"), title("T")));
		const { conversation } = (await library.open("c"))!;
		const ids = await library.add([conversation, conversation]);
		assert.equal(new Set([...ids, "c"]).size, 3);
		for (const id of ids) {
			const added = await library.open(id);
			assert.deepEqual(contentOf(added!.conversation), contentOf(conversation));
			assert.equal(added?.conversation.id, id);
		}
		let renames = 0;
		const files = new FaultyFiles((_, name) => {
			renames += Number(name === "rename");
			return name === "rename" && renames > 1 ? "ENOSPC" : undefined;
		});
		const failing = store.open({ fileSystem: files.fileSystem });
		await assert.rejects(failing.add([conversation, conversation]));
		assert.equal(store.names().filter((name) => name.endsWith(".jsonl")).length, 3);
	});

	it("reports when any window adds, changes, or deletes a chat", async () => {
		let changes = 0;
		const subscription = library.onDidChange(() => changes++);
		const next = async (what: string, change: () => Promise<unknown>): Promise<void> => {
			const before = changes;
			await change();
			await until(what, () => changes > before);
			await setTimeout(300);
		};
		const other = store.open();
		const chat = other.create(null);
		await next("it was added", () => {
			chat.write([message("q", "Hello")], "now");
			return chat.flush();
		});
		await next("it was changed", () => other.change(chat.conversation.id, [title("T")]));
		await next("it was deleted", () => other.delete(chat.conversation.id));
		const before = changes;
		await library.list();
		await setTimeout(500);
		assert.equal(changes, before, "looking changes nothing");
		subscription.dispose();
	});

	it("never leaves its folder, even with a hostile id", async () => {
		store.put("c", journal("c", message("q", "Hello")));
		writeFileSync(path.join(path.dirname(store.path), "x.jsonl"), header("x"));
		for (const id of ["../x", "..", "", "a/b", "a\\b", "c\u0000", "x".repeat(65)]) {
			assert.equal(await library.open(id), undefined);
			await library.change(id, [title("T")]);
			await library.delete(id);
			await library.restore(id);
		}
		assert.deepEqual(readdirSync(path.dirname(store.path)).sort(), ["chats", "x.jsonl"]);
		assert.deepEqual(store.names(), ["c.jsonl"]);
	});

	it("keeps unsaved records of a closed chat when it is opened again", async () => {
		const files = new FaultyFiles(() => "ENOSPC");
		const clock = new ManualClock();
		const filling = store.open({ clock, fileSystem: files.fileSystem });
		const chat = filling.create(null);
		chat.write([message("q", "Hello")], "now");
		await chat.flush();
		assert.equal(chat.fileState.notSaved, "ENOSPC");
		chat.dispose();
		const again = await filling.open(chat.conversation.id);
		assert.equal(again?.conversation.path().length, 1);
		again.dispose();
		files.fault = () => undefined;
		clock.advance(5000);
		await until("it is saved", () => store.has(chat.conversation.id));
	});

	it("removes unfinished files after a day", async () => {
		store.put("c", journal("c", message("q", "Hello")));
		const leftover = path.join(store.path, "c.jsonl.1.tmp");
		const recent = path.join(store.path, "c.jsonl.2.tmp");
		writeFileSync(leftover, "x");
		writeFileSync(recent, "x");
		utimesSync(leftover, new Date(0), new Date(0));
		await library.list();
		assert.deepEqual(
			store.names().filter((name) => name.endsWith(".tmp")),
			["c.jsonl.2.tmp"],
		);
	});

	it("watches nothing without a listener", async () => {
		store.put("c", journal("c", message("q", "Hello")));
		const clock = new ManualClock();
		const idle = store.open({ clock });
		const subscription = idle.onDidChange(() => undefined);
		const chat = await idle.open("c");
		assert.ok(clock.pending > 0, "it looks by itself now and then");
		subscription.dispose();
		chat?.dispose();
		await chat?.flush();
		let changes = 0;
		const other = library.onDidChange(() => changes++);
		store.add("c", title("T"));
		await until("others hear of a change", () => changes > 0);
		other.dispose();
		assert.equal(clock.pending, 0);
	});

	it("leaves no file open after disposal", async function () {
		if (process.platform !== "linux") {
			skipBecause(this, "open files are counted in /proc");
		}
		const openFiles = (): number => readdirSync("/proc/self/fd").length;
		const before = openFiles();
		for (let round = 0; round < 5; round++) {
			const each = store.open();
			const subscription = each.onDidChange(() => undefined);
			const chat = each.create(null);
			chat.write([message("q", "Hello"), answer("a", "q")], "durable");
			const lease = await chat.beginAnswer();
			const other = await each.open(chat.conversation.id);
			await each.list();
			await each.search("hello", () => undefined, new AbortController().signal);
			lease?.dispose();
			subscription.dispose();
			other?.dispose();
			each.dispose();
		}
		await until("all files are closed", () => openFiles() <= before);
		await until(
			"only chats are left",
			() => !store.names().some((name) => /answering|tmp$/.test(name)),
		);
		assert.deepEqual(store.names("locks"), []);
	});
});
