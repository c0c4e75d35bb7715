import assert from "node:assert/strict";
import {
	existsSync,
	readFileSync,
	statSync,
	truncateSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import type { ChatLibrary, OpenedChat } from "../../../../src/extension/conversation/chatLibrary";
import {
	answer,
	contentOf,
	ended,
	message,
	reply,
	title,
} from "../../../support/chats/chatRecords";
import { ManualClock } from "../../../support/manualClock";
import { header, journal, StoreFolder } from "../../../support/storage/storeFolder";
import { until } from "../../../support/until";

/** Returns an answer in many pieces, and a deleted message. */
function large(id: string): string {
	const records = [message("q", "Hello"), answer("a", "q")];
	for (let offset = 0; offset < 2000; offset += 2) {
		records.push(reply("a", offset, "ab"));
	}
	return journal(id, ...records, ended("a"), message("x", "gone", "a"), {
		type: "deleted",
		turnId: "x",
		deleted: true,
	});
}
const anHourAgo = new Date(Date.now() - 3_600_000);

describe("A chat in use", () => {
	let store: StoreFolder;
	let library: ChatLibrary;

	beforeEach(async () => {
		store = await StoreFolder.make();
		library = store.open();
	});
	afterEach(() => store.remove());

	/** Opens a chat that must exist. */
	async function open(id: string, from = store.open()): Promise<OpenedChat> {
		const chat = await from.open(id);
		assert.ok(chat);
		return chat;
	}

	/** Returns the file of a chat with a question. */
	async function begin(from = library): Promise<OpenedChat> {
		const chat = from.create("project");
		chat.write([message("q", "Hello")], "now");
		await chat.flush();
		return chat;
	}

	/** Checks that the shown content matches the file. */
	async function assertSaved(chat: OpenedChat): Promise<void> {
		await chat.flush();
		assert.equal(chat.fileState.notSaved, undefined);
		const read = await open(chat.conversation.id);
		assert.deepEqual(contentOf(read.conversation), contentOf(chat.conversation));
		read.dispose();
	}

	describe("is saved", () => {
		it("from the first record on, with a header", async () => {
			const chat = library.create("project");
			const { id } = chat.conversation;
			await chat.flush();
			assert.equal(store.has(id), false);
			assert.deepEqual(store.names(), []);
			chat.write([message("q", "Hello")], "now");
			await chat.flush();
			assert.deepEqual(store.lines(id)[0], JSON.parse(JSON.stringify(chat.conversation.header)));
			await assertSaved(chat);
		});

		it("at once, or within half a second while text is arriving", async () => {
			const clock = new ManualClock();
			const chat = await begin(store.open({ clock }));
			const { id } = chat.conversation;
			chat.write([answer("a", "q")], "now");
			await until("the answer is there", () => store.text(id).includes('"assistant"'));
			for (const [offset, word] of ["Well, ", "it ", "depends"].entries()) {
				chat.write([reply("a", [0, 6, 9][offset]!, word)], "soon");
			}
			await setTimeout(30);
			assert.doesNotMatch(store.text(id), /Well/);
			clock.advance(500);
			await until("the text is there", () => store.text(id).includes("depends"));
			assert.match(store.text(id), /"Well, it depends"/, "joined in one record");
		});

		it("in complete lines, all pending records in one write, in order", async () => {
			const chat = await begin();
			const before = store.lines(chat.conversation.id).length;
			chat.write([answer("a", "q"), reply("a", 0, "x")], "soon");
			chat.write([ended("a")], "durable");
			chat.write([title("T")], "now");
			await chat.flush();
			const types = store.lines(chat.conversation.id).slice(before) as { type: string }[];
			assert.deepEqual(
				types.map(({ type }) => type),
				["turn", "text", "ended", "title"],
			);
		});

		it("readable only by its owner", async function () {
			if (process.platform === "win32") {
				this.skip();
			}
			const chat = await begin();
			assert.equal(statSync(store.file(chat.conversation.id)).mode & 0o777, 0o600);
			assert.equal(statSync(store.path).mode & 0o777, 0o700);
		});

		it("completely when it is disposed", async () => {
			const chat = await begin(store.open({ clock: new ManualClock() }));
			chat.write([title("The end")], "soon");
			chat.dispose();
			await until("the title is there", () => store.text(chat.conversation.id).includes("The end"));
		});

		it("after the last complete line, even after a torn write", async () => {
			const chat = await begin();
			const { id } = chat.conversation;
			const whole = store.text(id);
			for (const torn of [
				'{"type":"ti',
				"\u0000\u0000\u0000",
				'{"type":"title","te\n{"ty'.slice(0, 9),
			]) {
				writeFileSync(store.file(id), whole + torn);
				const read = await open(id);
				assert.equal(read.fileState.damage, undefined, "saved records are kept");
				read.write([title(`After ${torn.length}`)], "now");
				await assertSaved(read);
				assert.ok(store.text(id).startsWith(whole));
			}
			assert.equal((await open(id)).fileState.damage, undefined);
		});

		it("after a record that lacks only its newline", async () => {
			store.put("c", journal("c", message("q", "Hello")) + JSON.stringify(title("Whole")));
			const chat = await open("c");
			assert.equal(chat.fileState.damage, undefined);
			chat.write([{ type: "pinned", pinned: true }], "now");
			await assertSaved(chat);
			assert.deepEqual(chat.conversation.givenTitle, { text: "Whole", by: "user" });
			assert.equal(store.lines("c").length, 4);
		});

		it("again after another window has deleted it", async () => {
			const chat = await begin();
			const { id } = chat.conversation;
			await store.open().delete(id);
			assert.equal(store.has(id), false);
			assert.equal(chat.conversation.path().length, 1, "it is still shown");
			chat.write([title("Back")], "now");
			await assertSaved(chat);
			assert.deepEqual(store.names("deleted"), []);
		});

		it("again after its file was removed manually", async () => {
			const chat = await begin();
			const { id } = chat.conversation;
			await store.open().delete(id);
			const [name] = store.names("deleted");
			truncateSync(path.join(store.path, "deleted", name!));
			const fs = await import("node:fs");
			fs.unlinkSync(path.join(store.path, "deleted", name!));
			chat.write([title("Back")], "now");
			await assertSaved(chat);
		});
	});

	describe("in two windows", () => {
		it("shows the records of the other window", async () => {
			const chat = await begin();
			const other = await open(chat.conversation.id);
			let changes = 0;
			const subscription = other.onDidChange(() => changes++);
			chat.write([answer("a", "q"), reply("a", 0, "Yes")], "now");
			await until("the other shows it", () => other.conversation.turn("a"));
			chat.write([reply("a", 3, ", growing")], "now");
			await until("it grows", () => contains(other, "Yes, growing"));
			assert.ok(changes >= 2);
			subscription.dispose();
			assert.deepEqual(contentOf(other.conversation), contentOf(chat.conversation));
		});

		it("has the record order of the file in both", async () => {
			const clock = new ManualClock();
			const one = await begin(store.open({ clock }));
			const two = await open(one.conversation.id);
			one.write([message("x", "from one", "q")], "soon");
			two.write([message("y", "from two", "q"), title("two")], "now");
			await two.flush();
			await one.flush();
			await until("both are equal", () => two.conversation.turn("x"));
			assert.deepEqual(one.conversation.versionsOf("x"), ["y", "x"]);
			assert.deepEqual(contentOf(one.conversation), contentOf(two.conversation));
			await assertSaved(one);
		});

		it("keeps the text of an answer in place while the other window changes the title", async () => {
			const clock = new ManualClock();
			const one = await begin(store.open({ clock }));
			const { conversation } = one;
			one.write([answer("a", "q")], "now");
			const lease = await one.beginAnswer();
			await one.flush();
			const two = await open(conversation.id);
			one.write([reply("a", 0, "one ")], "soon");
			two.write([title("Renamed")], "now");
			await two.flush();
			one.write([reply("a", 4, "two")], "soon");
			await assertSaved(one);
			assert.equal(one.conversation, conversation, "nothing had to be read anew");
			assert.ok(contains(one, "one two"));
			assert.equal(one.conversation.givenTitle?.text, "Renamed");
			lease?.dispose();
		});

		it("is reread if its file was replaced, followed by its pending records", async () => {
			const clock = new ManualClock();
			const one = await begin(store.open({ clock }));
			const { id } = one.conversation;
			one.write([message("w", "waits", "q")], "soon");
			const bytes = journal(id, message("q", "Hello"), message("z", "new", "q"));
			writeFileSync(`${store.file(id)}.tmp`, bytes);
			const fs = await import("node:fs");
			fs.renameSync(`${store.file(id)}.tmp`, store.file(id));
			await assertSaved(one);
			assert.deepEqual(one.conversation.versionsOf("w"), ["z", "w"]);
			assert.equal(store.text(id).indexOf(bytes), 0);
		});

		it("is reread if its file was overwritten in place with the same size or a larger one", async () => {
			const chat = await begin();
			const { id } = chat.conversation;
			writeFileSync(
				store.file(id),
				journal(id, message("q2", "Other"), message("z", "new ".repeat(50))),
			);
			await until("the new one is shown", () => chat.conversation.turn("z"));
			assert.equal(chat.conversation.turn("q"), undefined);
		});
	});

	describe("of a newer version", () => {
		it("is shown and never saved", async () => {
			const content = [header("n", 9), JSON.stringify(message("q", "Hello")), '{"type":"new"}', ""];
			store.put("n", content.join("\n"));
			const chat = await open("n");
			assert.equal(chat.fileState.newerVersion, 9);
			assert.equal(chat.fileState.damage, undefined);
			assert.equal(chat.conversation.path().length, 1);
			assert.throws(() => {
				chat.write([title("No")], "now");
			});
			await assert.rejects(library.change("n", [title("No")]));
			await chat.flush();
			assert.equal(store.text("n"), content.join("\n"));
		});

		it("is not saved if another window migrated it, but keeps showing pending records", async () => {
			const clock = new ManualClock();
			const chat = await begin(store.open({ clock }));
			const { id } = chat.conversation;
			chat.write([title("waits")], "soon");
			const newer = `${header(id, 9)}\n${JSON.stringify(message("q", "Hello"))}\n`;
			writeFileSync(store.file(id), newer);
			await chat.flush();
			assert.equal(chat.fileState.newerVersion, 9);
			assert.equal(chat.fileState.notSaved, "newerVersion");
			assert.equal(chat.conversation.givenTitle?.text, "waits");
			assert.equal(store.text(id), newer);
		});
	});

	it("of an older version is migrated by the first write", async () => {
		const step = (line: unknown): unknown => {
			const { kind, ...rest } = line as { kind?: string };
			return kind === undefined ? rest : { ...rest, type: kind };
		};
		store.put("o", `${header("o")}\n{"kind":"title","text":"Old","by":"user"}\n`);
		const newer = store.open({ migrations: [step] });
		const chat = await open("o", newer);
		const before = store.text("o");
		assert.equal(chat.conversation.givenTitle?.text, "Old");
		assert.equal(store.text("o"), before, "reading changes nothing");
		chat.write([message("q", "Hello")], "now");
		chat.write([message("r", "Again", "q")], "now");
		await chat.flush();
		const [first, ...rest] = store.lines("o") as { version?: number; type?: string }[];
		assert.equal(first?.version, 2);
		assert.ok(rest.every(({ type }) => type !== undefined));
		const again = await open("o", store.open({ migrations: [step] }));
		assert.deepEqual(contentOf(again.conversation), contentOf(chat.conversation));
		assert.equal(
			(await open("o", library)).fileState.newerVersion,
			2,
			"older versions see a newer version",
		);
	});

	describe("that is damaged", () => {
		const broken = (id: string): string =>
			journal(id, message("q", "Hello"), answer("a", "q"), ended("a")).replace(
				/"type":"turn","parentId":null/,
				'"type":"?"',
			);

		it("shows its readable part, counts the rest, and keeps a copy of the file", async () => {
			store.put("d", broken("d"));
			const chat = await open("d");
			assert.equal(chat.fileState.damage?.lostRecords, 1);
			assert.ok(chat.conversation.turn("a"));
			const { keptAt } = chat.fileState.damage;
			assert.equal(path.dirname(keptAt), path.join(store.path, "damaged"));
			assert.equal(readFileSync(keptAt, "utf8"), broken("d"));
			chat.write([title("Goes on")], "now");
			await assertSaved(chat);
			const again = await open("d");
			assert.equal(again.fileState.damage, undefined, "the file itself is whole again");
			assert.equal(store.names("damaged").length, 1);
		});

		it("is copied once for each content", async () => {
			for (let round = 0; round < 3; round++) {
				store.put("d", broken("d"));
				const chat = await open("d");
				chat.dispose();
				await chat.flush();
			}
			assert.equal(store.names("damaged").length, 1);
			store.put("d", `${broken("d")}?\n`);
			await open("d");
			assert.equal(store.names("damaged").length, 2);
		});

		it("is left unchanged while it cannot be copied", async () => {
			store.put("d", broken("d"));
			writeFileSync(path.join(store.path, "damaged"), "in the way");
			const chat = await open("d");
			assert.deepEqual(chat.fileState.damage, { lostRecords: 1, keptAt: store.file("d") });
			chat.write([title("Goes on")], "now");
			await chat.flush();
			assert.ok(store.text("d").startsWith(broken("d")));
			store.put("l", `${large("l")}?\n`);
			utimesSync(store.file("l"), anHourAgo, anHourAgo);
			await open("l");
			assert.equal(store.text("l"), `${large("l")}?\n`, "though it is far too large");
		});
	});

	describe("whose answer has no end", () => {
		const open1 = journal("i", message("q", "Hello"), answer("a", "q"), reply("a", 0, "Half of"));

		it("shows the answer as interrupted, and saves that with the first write", async () => {
			store.put("i", open1);
			const chat = await open("i");
			assert.deepEqual(outcomeOf(chat, "a"), { kind: "interrupted" });
			await chat.flush();
			assert.equal(store.text("i"), open1);
			chat.write([{ type: "continued", turnId: "a" }, reply("a", 7, " it")], "now");
			await chat.flush();
			const types = (store.lines("i") as { type?: string }[]).slice(-3).map(({ type }) => type);
			assert.deepEqual(types, ["ended", "continued", "text"]);
			assert.equal(outcomeOf(chat, "a"), null);
		});

		it("shows the answer as growing while another window generates it, until that window closes", async () => {
			const one = await begin();
			one.write([answer("a", "q")], "now");
			const lease = await one.beginAnswer();
			await one.flush();
			const two = await open(one.conversation.id);
			assert.equal(outcomeOf(two, "a"), null);
			assert.equal(two.fileState.answeredElsewhere, true);
			one.write([reply("a", 0, "All")], "now");
			lease?.dispose();
			one.write([ended("a")], "durable");
			await until("the other is told", () => !two.fileState.answeredElsewhere);
			assert.deepEqual(outcomeOf(two, "a"), { kind: "stopped", stats: undefined });
		});

		it("shows the answer as growing again if another window generates it after all", async () => {
			store.put("i", open1);
			const two = await open("i");
			const one = await open("i");
			const lease = await one.beginAnswer();
			await until("the other hears of it", () => two.fileState.answeredElsewhere);
			assert.equal(outcomeOf(two, "a"), null);
			one.write([{ type: "continued", turnId: "a" }, reply("a", 7, " it")], "now");
			await until("the other shows it", () => contains(two, "Half of it"));
			assert.equal(outcomeOf(two, "a"), null);
			two.write([title("T")], "now");
			await two.flush();
			one.write([reply("a", 10, " all")], "now");
			await one.flush();
			assert.equal(outcomeOf(one, "a"), null, "nobody has ended it");
			lease?.dispose();
		});
	});

	it("overrules another window that takes its answer for interrupted", async () => {
		const one = await begin();
		one.write([answer("a", "q")], "now");
		await one.flush();
		const two = await open(one.conversation.id);
		two.write([title("T")], "now");
		await two.flush();
		assert.match(store.text(one.conversation.id), /interrupted/);
		await until("it insists", () => store.text(one.conversation.id).includes("continued"));
		assert.equal(outcomeOf(one, "a"), null);
	});

	describe("is answered by one window at a time,", () => {
		it("and others notice the beginning and the end", async () => {
			const one = await begin();
			const two = await open(one.conversation.id);
			const heard: boolean[] = [];
			const subscription = two.onDidChange(() => heard.push(two.fileState.answeredElsewhere));
			const lease = await one.beginAnswer();
			assert.ok(lease);
			assert.equal(await two.beginAnswer(), undefined);
			assert.equal(two.fileState.answeredElsewhere, true);
			assert.equal(one.fileState.answeredElsewhere, false);
			lease.dispose();
			lease.dispose();
			await until("the end", () => heard.at(-1) === false);
			subscription.dispose();
			const next = await two.beginAnswer();
			assert.ok(next);
			next.dispose();
		});

		it("and again by the same window right after the end", async () => {
			const one = await begin();
			const leases: string[] = [];
			const first = await one.beginAnswer();
			const asked = ["second", "third"].map(async (name) => {
				const lease = await one.beginAnswer();
				assert.ok(lease);
				leases.push(name);
				await one.flush();
				leases.push(`${name} ends`);
				lease.dispose();
			});
			await one.flush();
			assert.deepEqual(leases, []);
			first?.dispose();
			await Promise.all(asked);
			const text = leases.join(", ");
			assert.match(text, /^(second|third), \1 ends, (second|third), \2 ends$/);
		});

		it("and the end is in the file before another can begin", async () => {
			const one = await begin();
			const two = await open(one.conversation.id);
			one.write([answer("a", "q")], "now");
			const lease = await one.beginAnswer();
			lease?.dispose();
			one.write([reply("a", 0, "x"), ended("a")], "soon");
			const next = await until("the other may", () => two.beginAnswer());
			assert.deepEqual(outcomeOf(two, "a"), { kind: "stopped", stats: undefined });
			next.dispose();
		});

		it("unless that window was killed seconds ago", async () => {
			const one = await begin();
			const { id } = one.conversation;
			const lease = path.join(store.path, `${id}.answering`);
			writeFileSync(lease, JSON.stringify({ token: "x", pid: 2 ** 30, host: os.hostname() }));
			await until("it is seen", () => one.fileState.answeredElsewhere);
			assert.equal(await one.beginAnswer(), undefined);
			await until("it counts as gone", () => !one.fileState.answeredElsewhere);
			const mine = await one.beginAnswer();
			assert.ok(mine);
			mine.dispose();
			await until("nothing is left", () => !existsSync(lease));
		});
	});

	describe("whose file is much larger than needed", () => {
		it("is compacted when it is opened, and other windows notice", async () => {
			store.put("l", large("l"));
			const other = await open("l");
			utimesSync(store.file("l"), anHourAgo, anHourAgo);
			const chat = await open("l");
			assert.equal(store.lines("l").length, 4);
			assert.deepEqual(contentOf((await open("l")).conversation), contentOf(chat.conversation));
			other.write([title("Still here")], "now");
			await assertSaved(other);
			assert.equal(store.lines("l").length, 5);
		});

		it("is not compacted just after a write, so that deletions can be undone", async () => {
			store.put("l", large("l"));
			const chat = await open("l");
			assert.equal(store.text("l"), large("l"));
			chat.write([{ type: "deleted", turnId: "x", deleted: false }], "now");
			await assertSaved(chat);
			assert.ok(chat.conversation.turn("x"));
		});

		it("is not compacted while a window generates in it", async () => {
			store.put("l", large("l"));
			const one = await open("l");
			const lease = await one.beginAnswer();
			utimesSync(store.file("l"), anHourAgo, anHourAgo);
			await open("l");
			assert.equal(store.text("l"), large("l"));
			lease?.dispose();
		});
	});
});

function contains(chat: OpenedChat, text: string): boolean {
	return JSON.stringify(contentOf(chat.conversation)).includes(text);
}

function outcomeOf(chat: OpenedChat, turnId: string): unknown {
	const turn = chat.conversation.turn(turnId);
	return turn?.role === "assistant" ? turn.outcome : undefined;
}
