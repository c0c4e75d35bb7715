import assert from "node:assert/strict";
import { copyFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { ChatRecord } from "../../../src/extension/conversation/chatRecord";
import { answer, contentOf, ended, message, reply } from "../../support/chats/chatRecords";
import { journal, StoreFolder } from "../../support/storage/storeFolder";

/** A typical chat: some questions and answers, with text in small pieces. */
function usualChat(id: string, at: number): string {
	const records: ChatRecord[] = [];
	let parentId: string | null = null;
	for (let turn = 0; turn < 6; turn++) {
		records.push(
			message(`q${turn}`, `Question ${turn} of ${id}: ${"word ".repeat(30)}`, parentId, at),
		);
		records.push(answer(`a${turn}`, `q${turn}`, at));
		for (let piece = 0; piece < 10; piece++) {
			records.push(
				reply(`a${turn}`, piece * 100, "some words of an answer ".repeat(5).slice(0, 100)),
			);
		}
		records.push(ended(`a${turn}`));
		parentId = `a${turn}`;
	}
	return journal(id, ...records);
}

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; ms: number }> {
	const startedAtMs = performance.now();
	const result = await work();
	return { result, ms: Math.round(performance.now() - startedAtMs) };
}

function report(line: string): void {
	process.stdout.write(`      ${line}\n`);
}

/** The time limits are generous, because test machines are slow and busy. */
describe("Many and large chats", function () {
	this.timeout(120_000);
	let store: StoreFolder;

	beforeEach(async () => {
		store = await StoreFolder.make();
	});
	afterEach(() => store.remove());

	it("are listed at once, and within seconds without the index, if there are 2,000", async () => {
		for (let at = 0; at < 2000; at++) {
			store.put(`c${at}`, usualChat(`c${at}`, at));
		}
		const delay = monitorEventLoopDelay({ resolution: 1 });
		delay.enable();
		const first = await timed(() => store.open().list());
		delay.disable();
		const library = store.open();
		const second = await timed(() => library.list());
		const third = await timed(() => library.list());
		assert.equal(first.result.chats.length, 2000);
		assert.deepEqual(second.result.chats, first.result.chats);
		assert.equal(second.result.chats[0]?.id, "c1999");
		const hits: string[] = [];
		const search = await timed(() =>
			library.search("of c1234:", ({ id }) => hits.push(id), new AbortController().signal),
		);
		assert.deepEqual(hits, ["c1234"]);
		report(
			`${Math.round(first.result.totalBytes / 1e6)} MB: ${first.ms} ms without index (at most ${Math.round(delay.max / 1e6)} ms without a pause), ${second.ms} ms with it, ${third.ms} ms again; search ${search.ms} ms`,
		);
		assert.ok(second.ms < 3000 && second.ms < first.ms);
		assert.ok(first.ms < 30_000);
	});

	it("open with 10,000 turns", async () => {
		const records: ChatRecord[] = [];
		for (let turn = 0; turn < 10_000; turn += 2) {
			const above = turn === 0 ? null : `t${turn - 1}`;
			records.push(
				message(`t${turn}`, `Question ${turn}`, above),
				answer(`t${turn + 1}`, `t${turn}`),
			);
			records.push(
				reply(`t${turn + 1}`, 0, "An answer of some words. ".repeat(8)),
				ended(`t${turn + 1}`),
			);
		}
		store.put("long", journal("long", ...records));
		const { result: chat, ms } = await timed(() => store.open().open("long"));
		assert.equal(chat?.conversation.path().length, 10_000);
		const { ms: appendMs } = await timed(() => {
			chat.write([message("next", "Next", "t9999")], "now");
			return chat.flush();
		});
		assert.equal(chat.fileState.notSaved, undefined);
		report(`${store.text("long").length} bytes: ${ms} ms; one more turn ${appendMs} ms`);
		assert.ok(ms < 10_000);
	});

	it("open, are copied, and continue with a turn of 5 MB", async () => {
		const text = "0123456789 \u00e4\u4e2d\n".repeat(360_000);
		store.put("big", journal("big", message("q", text)));
		const library = store.open();
		const { result: chat, ms } = await timed(() => library.open("big"));
		assert.deepEqual(chat?.conversation.turn("q"), {
			role: "user",
			id: "q",
			sentAtMs: 1000,
			text,
			attachments: [],
		});
		const { result: ids, ms: addMs } = await timed(() => library.add([chat.conversation]));
		const added = await library.open(ids[0]!);
		assert.deepEqual(contentOf(added!.conversation), contentOf(chat.conversation));
		report(`${store.text("big").length} characters: opened in ${ms} ms, written in ${addMs} ms`);
		assert.ok(ms < 10_000);
	});

	it("append an answer in pieces within milliseconds, and sync its end", async () => {
		store.put("c", usualChat("c", 1));
		copyFileSync(store.file("c"), store.file("d"));
		const chat = (await store.open().open("c"))!;
		chat.write([answer("x", "a5")], "now");
		const appends: number[] = [];
		const syncs: number[] = [];
		let offset = 0;
		for (let round = 0; round < 200; round++) {
			const text = `piece ${round} of the answer, `;
			const urgency = round % 4 === 3 ? "durable" : "now";
			const { ms } = await exactly(async () => {
				chat.write([reply("x", offset, text)], urgency);
				await chat.flush();
			});
			(urgency === "durable" ? syncs : appends).push(ms);
			offset += text.length;
		}
		report(`append ${quantiles(appends)}; with fsync ${quantiles(syncs)}`);
		assert.equal(chat.fileState.notSaved, undefined);
		assert.ok(median(appends) < 100);
	});
});

async function exactly(work: () => Promise<void>): Promise<{ ms: number }> {
	const startedAtMs = performance.now();
	await work();
	return { ms: performance.now() - startedAtMs };
}

function median(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function quantiles(values: readonly number[]): string {
	const sorted = [...values].sort((a, b) => a - b);
	const at = (share: number): string =>
		(sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1);
	return `median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${at(1)} ms`;
}
