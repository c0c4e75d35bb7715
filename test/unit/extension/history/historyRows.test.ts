import assert from "node:assert/strict";
import { DayWords } from "../../../../src/extension/history/dayWords";
import {
	deletedRows,
	historyRows,
	historySize,
	type HistoryContents,
	type HistoryRow,
} from "../../../../src/extension/history/historyRows";
import { listOf, summaryOf } from "../../../support/chats/chatSummaries";

const words = new DayWords("en-GB");
const nowMs = new Date("2026-11-25T14:30").getTime();

const noSearch = { text: "", isBusy: false, excerpts: new Map<string, string>() };

function contents(of: Partial<HistoryContents>): HistoryContents {
	return { list: listOf([]), search: noSearch, shownId: undefined, nowMs, words, ...of };
}

function at(text: string): number {
	return new Date(text).getTime();
}

/** Returns the text of a row. */
function shown(row: HistoryRow): string {
	return row.kind === "heading"
		? `--- ${row.label}`
		: [row.label, row.description, row.detail].filter((word) => word !== "").join(" | ");
}

describe("The history", () => {
	it("lists pinned chats first, then the others by day", () => {
		const list = listOf([
			summaryOf("p", { pinned: true, updatedAtMs: at("2026-10-05T09:00") }),
			summaryOf("a", { updatedAtMs: at("2026-11-25T14:05") }),
			summaryOf("b", { updatedAtMs: at("2026-11-25T09:00"), folder: null }),
			summaryOf("c", { updatedAtMs: at("2026-11-24T23:00") }),
			summaryOf("d", { updatedAtMs: at("2026-11-03T23:00") }),
			summaryOf("e", { updatedAtMs: at("2025-03-20T08:00") }),
			summaryOf("f", { updatedAtMs: at("2025-03-03T08:00") }),
		]);
		assert.deepEqual(historyRows(contents({ list })).map(shown), [
			"--- Pinned",
			"Chat p | project · 5 Oct 2026, 09:00",
			"--- Today",
			"Chat a | project · 14:05",
			"Chat b | 09:00",
			"--- Yesterday",
			"Chat c | project · 23:00",
			"--- 3 November",
			"Chat d | project · 23:00",
			"--- March 2025",
			"Chat e | project · 20 Mar 2025, 08:00",
			"Chat f | project · 3 Mar 2025, 08:00",
		]);
	});

	it("names a chat without a title like a new one", () => {
		const list = listOf([summaryOf("a", { title: "", updatedAtMs: at("2026-11-25T14:05") })]);
		assert.deepEqual(historyRows(contents({ list })).map(shown), [
			"--- Today",
			"New chat | project · 14:05",
		]);
	});

	it("marks the shown chat", () => {
		const list = listOf([
			summaryOf("a", { updatedAtMs: nowMs }),
			summaryOf("b", { updatedAtMs: nowMs }),
		]);
		assert.deepEqual(
			historyRows(contents({ list, shownId: "b" }))
				.map(shown)
				.slice(1),
			["Chat a | project · 14:30", "Chat b | Current · project · 14:30"],
		);
	});

	it("shows the words around a match in a message, and exempts that row from VS Code's own filter", () => {
		const list = listOf([
			summaryOf("a", { updatedAtMs: nowMs }),
			summaryOf("b", { updatedAtMs: nowMs }),
		]);
		const excerpts = new Map([["b", "…a needle in hay…"]]);
		const search = { text: "needle", isBusy: false, excerpts };
		const rows = historyRows(contents({ list, search })).filter((row) => row.kind === "chat");
		assert.deepEqual(
			rows.map(({ chat: { id }, isHit, description, detail }) => ({
				id,
				isHit,
				description,
				detail,
			})),
			[
				{ id: "a", isHit: false, description: "", detail: "project · 14:30" },
				{ id: "b", isHit: true, description: "project · 14:30", detail: "…a needle in hay…" },
			],
		);
	});

	it("gives every chat two lines, so that no row moves when a search ends or is cleared", () => {
		const list = listOf([
			summaryOf("a", { updatedAtMs: nowMs, folder: null }),
			summaryOf("b", { pinned: true }),
		]);
		const excerpts = new Map([["a", "…a needle in hay…"]]);
		for (const search of [noSearch, { text: "needle", isBusy: true, excerpts }]) {
			const rows = historyRows(contents({ list, search })).filter((row) => row.kind === "chat");
			assert.deepEqual(
				rows.map(({ detail }) => detail === ""),
				[false, false],
			);
		}
	});

	it("states the progress of the search below all other rows while nothing is found", () => {
		const list = listOf([summaryOf("a", { updatedAtMs: nowMs })], { unreadable: ["x.jsonl"] });
		const last = (search: HistoryContents["search"]): string =>
			shown(historyRows(contents({ list, search })).at(-1)!);
		const { excerpts } = noSearch;
		assert.equal(last({ text: "yak", isBusy: true, excerpts }), "Searching messages for “yak”…");
		assert.equal(last({ text: "yak", isBusy: false, excerpts }), "No messages contain “yak”");
		assert.match(last({ text: "yak", isBusy: false, excerpts: new Map([["a", "a yak"]]) }), /^x/);
		assert.match(last(noSearch), /^x/);
	});

	it("says so if there are no chats yet", () => {
		assert.deepEqual(historyRows(contents({})).map(shown), [
			"No chats yet | Your chats are stored on this machine and listed here.",
		]);
	});

	it("lists unreadable files at the end", () => {
		const list = listOf([summaryOf("a", { updatedAtMs: nowMs })], { unreadable: ["x.jsonl"] });
		assert.deepEqual(historyRows(contents({ list })).map(shown).slice(2), [
			"--- Files that could not be read",
			"x.jsonl | Damaged, or not a chat. The file is left unchanged.",
		]);
	});

	it("states the number of chats, their size, and the free disk space", () => {
		const many = Array.from({ length: 2_000 }, (_, id) => summaryOf(String(id)));
		assert.equal(
			historySize(listOf(many, { totalBytes: 41_000_000 })),
			"2,000 chats · 41.0 MB · 72.0 GB free on disk",
		);
		assert.match(historySize(listOf([summaryOf("a")])), /^1 chat · 1\.0 kB · /);
	});
});

describe("The list of deleted chats", () => {
	it("states the folder and the time of deletion", () => {
		const deleted = [
			summaryOf("a", { deletedAtMs: at("2026-11-25T14:05") }),
			summaryOf("b", { deletedAtMs: at("2026-11-03T14:05"), folder: null }),
		];
		assert.deepEqual(deletedRows(listOf([], { deleted }), words, nowMs).map(shown), [
			"Chat a | project · deleted: Today, 14:05",
			"Chat b | deleted: 3 Nov 2026, 14:05",
		]);
	});

	it("says so if it is empty", () => {
		assert.deepEqual(deletedRows(listOf([]), words, nowMs).map(shown), [
			"Nothing was deleted in the last 30 days",
		]);
	});
});
