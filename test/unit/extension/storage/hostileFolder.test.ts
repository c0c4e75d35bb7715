import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { ChatHit, ChatLibrary } from "../../../../src/extension/conversation/chatLibrary";
import { chatAsMarkdown } from "../../../../src/extension/exchange/chatAsMarkdown";
import { DayWords } from "../../../../src/extension/history/dayWords";
import {
	deletedRows,
	historyRows,
	historySize,
} from "../../../../src/extension/history/historyRows";
import { message, reply, title, answer } from "../../../support/chats/chatRecords";
import { FaultyFiles } from "../../../support/storage/faultyFiles";
import { header, journal, StoreFolder } from "../../../support/storage/storeFolder";

const gibibyte = 2 ** 30;
const nowMs = Date.UTC(2026, 4, 3);

/** A hostile entry of the chats folder, with the name and reason under which it is listed, if any. */
interface Bad {
	readonly what: string;
	readonly put: (store: StoreFolder, files: FaultyFiles) => void;
	readonly named?: readonly [name: string, reason: string];
	/** Whether only POSIX systems have it. */
	readonly posix?: boolean;
}

const denied =
	(ending: string, call?: string): Bad["put"] =>
	(_store, files) => {
		files.readFault = (place, name) =>
			place.endsWith(ending) && (call === undefined || name === call) ? "EACCES" : undefined;
	};

function chatWith(change: (line: string) => string): Bad["put"] {
	return (store) => {
		store.put("bad", change(journal("bad", message("q", "Odd"), answer("a", "q"))));
	};
}

function place(store: StoreFolder, name: string): string {
	return path.join(store.path, name);
}

function sparse(store: StoreFolder, name: string, bytes: number): void {
	writeFileSync(place(store, name), "");
	truncateSync(place(store, name), bytes);
}

const times = ["9e15", "-9e15", "-1", "1e999", "null", '"yesterday"', "{}"];

const bad: readonly Bad[] = [
	...times.flatMap((time): readonly Bad[] => [
		{
			what: `a message sent at ${time}`,
			put: chatWith((lines) => lines.replace(/"sentAtMs":\d+/, `"sentAtMs":${time}`)),
		},
		{
			what: `an answer begun at ${time}`,
			put: chatWith((lines) => lines.replace(/"startedAtMs":\d+/, `"startedAtMs":${time}`)),
		},
		{
			what: `a conversation begun at ${time}`,
			put: chatWith((lines) => lines.replace(/"createdAtMs":\d+/, `"createdAtMs":${time}`)),
		},
	]),
	{
		what: "a message without a time",
		put: chatWith((lines) => lines.replace(/"sentAtMs":\d+,/, "")),
	},
	{
		what: "a header whose folder is a number",
		put: chatWith((lines) => lines.replace('"folder":"project"', '"folder":7')),
	},
	{
		what: "a title of five million characters and lines",
		put: (store) => {
			store.put("bad", journal("bad", title("Long\n".repeat(1_000_000))));
		},
	},
	{
		what: "records of wrong shapes",
		put: (store) => {
			const lines = [
				"null",
				"7",
				"[]",
				'{"type":"turn"}',
				'{"type":"constructor"}',
				"[".repeat(99_999),
			];
			store.put("bad", `${header("bad")}\n${lines.join("\n")}\n`);
		},
	},
	{
		what: "text that is missing a million times",
		put: (store) => {
			const lost = Array.from({ length: 20_000 }, (_, at) =>
				JSON.stringify(reply(`a${at}`, 999_999, "x")),
			);
			store.put("bad", `${header("bad")}\n?\n${lost.join("\n")}\n`);
		},
	},
	{
		what: "twenty thousand versions of a message, and damage",
		put: (store) => {
			const turns = Array.from({ length: 20_000 }, (_, at) =>
				JSON.stringify(message(`q${at}`, "v")),
			);
			store.put("bad", `${header("bad")}\n?\n${turns.join("\n")}\n`);
		},
	},
	{
		what: "a file of another user",
		put: (store, files) => {
			store.put("bad", journal("bad", message("q", "Secret")));
			denied("bad.jsonl", "open")(store, files);
		},
		named: ["bad.jsonl", "denied"],
	},
	{
		what: "a link into a closed folder",
		put: (store, files) => {
			store.put("bad", journal("bad", message("q", "Secret")));
			denied("bad.jsonl")(store, files);
		},
		named: ["bad.jsonl", "denied"],
	},
	{
		what: "a disk that fails for one file",
		put: (store, files) => {
			store.put("bad", journal("bad", message("q", "Gone")));
			files.readFault = (file) => (file.endsWith("bad.jsonl") ? "EIO" : undefined);
		},
		named: ["bad.jsonl", "system"],
	},
	{
		what: "a folder named like a chat",
		put: (store) => {
			mkdirSync(store.file("bad"));
		},
		named: ["bad.jsonl", "notFile"],
	},
	{
		what: "a dead link",
		put: (store) => {
			symlinkSync(place(store, "nowhere"), store.file("bad"));
		},
		named: ["bad.jsonl", "deadLink"],
		posix: true,
	},
	{
		what: "a link to itself",
		put: (store) => {
			symlinkSync(store.file("bad"), store.file("bad"));
		},
		named: ["bad.jsonl", "deadLink"],
		posix: true,
	},
	{
		what: "a pipe",
		put: (store) => {
			execFileSync("mkfifo", [store.file("bad")]);
		},
		named: ["bad.jsonl", "notFile"],
		posix: true,
	},
	{
		what: "a link to a device without an end",
		put: (store) => {
			symlinkSync("/dev/zero", store.file("bad"));
		},
		named: ["bad.jsonl", "notFile"],
		posix: true,
	},
	{
		what: "a file of 4 GB",
		put: (store) => {
			sparse(store, "bad.jsonl", 4 * gibibyte);
		},
		named: ["bad.jsonl", "tooLarge"],
	},
	{
		what: "a line of 200 MB",
		put: (store) => {
			sparse(store, "bad.jsonl", 200_000_000);
		},
		named: ["bad.jsonl", "damaged"],
	},
	{
		what: "a file whose name is not that of a chat",
		put: (store) => {
			writeFileSync(place(store, "good (1) \u202e.jsonl"), journal("good", message("q", "Copy")));
		},
		named: ["good (1) \u202e.jsonl", "misnamed"],
	},
	{
		what: "hidden files of the system",
		put: (store) => {
			writeFileSync(place(store, "._good.jsonl"), "x");
			writeFileSync(place(store, ".DS_Store"), "x");
		},
	},
	{
		what: "an index that is a folder",
		put: (store) => {
			mkdirSync(place(store, "index.json"));
		},
	},
	{
		what: "an index that is a pipe",
		put: (store) => {
			execFileSync("mkfifo", [place(store, "index.json")]);
		},
		posix: true,
	},
	{
		what: "an index of 4 GB",
		put: (store) => {
			sparse(store, "index.json", 4 * gibibyte);
		},
	},
	{
		what: "an index of another shape",
		put: (store) => {
			writeFileSync(place(store, "index.json"), '{"version":1,"files":[null,{"__proto__":7}]}');
		},
	},
	{
		what: "an index that cannot be read",
		put: denied("index.json"),
	},
	{
		what: "deleted chats that cannot be listed",
		put: (store, files) => {
			mkdirSync(place(store, "deleted"));
			denied("deleted", "readdir")(store, files);
		},
		named: ["deleted", "denied"],
	},
	{
		what: "damaged files that cannot be listed",
		put: (store, files) => {
			mkdirSync(place(store, "damaged"));
			denied("damaged", "readdir")(store, files);
		},
	},
	{
		what: "a file in the place of the damaged ones",
		put: (store) => {
			writeFileSync(place(store, "damaged"), "x");
		},
	},
	{
		what: "a chat that was deleted at the end of time",
		put: (store) => {
			mkdirSync(place(store, "deleted"));
			const lines = journal("gone", message("q", "Gone"));
			writeFileSync(place(store, "deleted/gone.9999999999999999.jsonl"), lines);
		},
	},
	{
		what: "a folder among the deleted chats, too old to be kept",
		put: (store) => {
			mkdirSync(place(store, "deleted/gone.1000.jsonl"), { recursive: true });
		},
		named: [path.join("deleted", "gone.1000.jsonl"), "notFile"],
	},
	{
		what: "a disk that does not report its free space",
		put: (_store, files) => {
			files.readFault = (_place, name) => (name === "statfs" ? "ENOSYS" : undefined);
		},
	},
	{
		what: "a temporary file without file facts",
		put: (store, files) => {
			writeFileSync(place(store, "x.tmp"), "x");
			denied("x.tmp")(store, files);
		},
	},
];

describe("In the chats folder,", () => {
	let store: StoreFolder;

	beforeEach(async () => {
		store = await StoreFolder.make();
		store.put("good", journal("good", message("q", "Hello there")));
		store.put("also", journal("also", message("q", "Also good"), title("Also")));
	});
	afterEach(() => store.remove());

	for (const { what, put, named, posix } of bad) {
		it(`${what} hides nothing else`, async function () {
			this.timeout(30_000);
			if (posix && process.platform === "win32") {
				this.skip();
			}
			const files = new FaultyFiles();
			put(store, files);
			const library = store.open({ fileSystem: files.fileSystem });
			await assertGoodOnesWork(library);
			const { unreadable, reasons } = await library.list();
			if (named) {
				const [name, reason] = named;
				assert.deepEqual(unreadable, [name]);
				assert.equal(reasons.get(name)?.kind, reason);
				assert.equal(await library.open("bad"), undefined);
			} else {
				assert.deepEqual(unreadable, []);
			}
		});
	}

	it("all of them together hide nothing else", async function () {
		this.timeout(60_000);
		const faults: FaultyFiles["readFault"][] = [];
		for (const [at, { put, posix }] of bad.entries()) {
			if (!(posix && process.platform === "win32")) {
				const files = new FaultyFiles();
				const renamed = Object.create(store, {
					put: {
						value: (_id: string, text: string) => {
							store.put(`bad${at}`, text);
						},
					},
					file: { value: () => store.file(`bad${at}`) },
				}) as StoreFolder;
				try {
					put(renamed, files);
				} catch {
					// Another entry already has this place.
				}
				faults.push(files.readFault);
			}
		}
		const files = new FaultyFiles();
		files.readFault = (file, name) =>
			faults.map((fault) => fault(file, name)).find((code) => code !== undefined);
		await assertGoodOnesWork(store.open({ fileSystem: files.fileSystem }));
	});
});

/** Lists, shows, searches, opens, exports, changes, and deletes chats. */
async function assertGoodOnesWork(library: ChatLibrary): Promise<void> {
	const list = await library.list();
	const titles = list.chats.map((chat) => chat.title);
	assert.ok(titles.includes("Hello there") && titles.includes("Also"), titles.join());
	const words = new DayWords("en");
	const search = { text: "", isBusy: false, excerpts: new Map<string, string>() };
	for (const row of historyRows({ list, search, shownId: undefined, nowMs, words })) {
		assert.ok(row.label.length <= 300);
	}
	assert.ok(deletedRows(list, words, nowMs).length > 0);
	assert.doesNotMatch(historySize(list), /NaN|undefined/);
	const hits: ChatHit[] = [];
	await library.search("hello", (hit) => hits.push(hit), new AbortController().signal);
	assert.deepEqual(
		hits.map(({ id }) => id),
		["good"],
	);
	for (const { id } of list.chats) {
		const chat = await library.open(id);
		assert.ok(chat, id);
		assert.match(chatAsMarkdown(chat.conversation), /^# /);
		chat.dispose();
		await chat.flush();
	}
	await library.change("good", [title("Changed")]);
	await library.delete("also");
	const after = (await library.list()).chats.map((chat) => chat.title);
	assert.ok(after.includes("Changed") && !after.includes("Also"), after.join());
}
