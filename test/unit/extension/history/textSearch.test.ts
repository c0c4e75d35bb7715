import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import {
	tellingPauseMs,
	TextSearch,
	typingPauseMs,
} from "../../../../src/extension/history/textSearch";
import type { ChatHit } from "../../../../src/extension/conversation/chatLibrary";
import { ManualClock } from "../../../support/manualClock";
import { RecordedLog } from "../../../support/recordedLog";

/** A search that the test controls. */
interface Searching {
	readonly text: string;
	readonly signal: AbortSignal;
	hit(id: string, excerpt: string): void;
	end(): Promise<void>;
	fail(error: Error): Promise<void>;
}

describe("The search in messages", () => {
	let clock: ManualClock;
	let log: RecordedLog;
	let searches: Searching[];
	let changes: number;
	let search: TextSearch;
	beforeEach(() => {
		clock = new ManualClock();
		log = new RecordedLog();
		searches = [];
		changes = 0;
		search = new TextSearch({
			library: {
				search: (text, onHit: (hit: ChatHit) => void, signal) =>
					new Promise((resolve, reject) => {
						searches.push({
							text,
							signal,
							hit: (id, excerpt) => {
								onHit({ id, turnId: "u1", excerpt });
							},
							end: async () => {
								resolve();
								await setImmediate();
							},
							fail: async (error) => {
								reject(error);
								await setImmediate();
							},
						});
					}),
			},
			clock,
			log,
			onChange: () => {
				changes += 1;
			},
		});
	});

	/** Types a text, and waits for the search to begin. */
	function lookFor(text: string): Searching {
		search.lookFor(text);
		clock.advance(typingPauseMs);
		return searches.at(-1)!;
	}

	it("begins when the user pauses, with the latest text", () => {
		search.lookFor("ne");
		clock.advance(typingPauseMs - 1);
		search.lookFor("needle ");
		clock.advance(typingPauseMs - 1);
		assert.deepEqual(searches, []);
		assert.equal(search.isBusy, true);
		clock.advance(1);
		assert.deepEqual(
			searches.map(({ text }) => text),
			["needle"],
		);
	});

	it("lists every chat once, with the first match", async () => {
		const searching = lookFor("needle");
		searching.hit("a", "a needle");
		searching.hit("a", "another needle");
		searching.hit("b", "Needle b");
		await searching.end();
		assert.deepEqual(
			[...search.excerpts],
			[
				["a", "a needle"],
				["b", "Needle b"],
			],
		);
		assert.equal(search.isBusy, false);
	});

	it("reports many hits together, and the last ones at its end", async () => {
		const searching = lookFor("needle");
		changes = 0;
		searching.hit("a", "needle");
		searching.hit("b", "needle");
		assert.equal(changes, 0);
		clock.advance(tellingPauseMs);
		assert.equal(changes, 1);
		searching.hit("c", "needle");
		await searching.end();
		assert.equal(changes, 2);
		assert.equal(clock.pending, 0);
	});

	it("ends when another text is typed, and ignores late hits", async () => {
		const first = lookFor("needle");
		first.hit("a", "a needle");
		search.lookFor("haystack");
		assert.equal(first.signal.aborted, true);
		assert.deepEqual([...search.excerpts], []);
		first.hit("b", "a needle");
		await first.end();
		assert.deepEqual([...search.excerpts], []);
		assert.equal(search.isBusy, true);
	});

	it("keeps hits that also match a longer text until they are found again", () => {
		const first = lookFor("need");
		first.hit("a", "a Needle");
		first.hit("b", "a need");
		search.lookFor("needle");
		assert.deepEqual([...search.excerpts], [["a", "a Needle"]]);
	});

	it("does not begin for one letter, and forgets earlier hits", () => {
		lookFor("ne").hit("a", "needle");
		search.lookFor("n");
		clock.advance(typingPauseMs);
		assert.equal(searches.length, 1);
		assert.deepEqual([...search.excerpts], []);
		assert.equal(search.isBusy, false);
	});

	it("does not begin again for the same text", () => {
		lookFor("needle");
		search.lookFor("needle ");
		clock.advance(typingPauseMs);
		assert.equal(searches.length, 1);
		assert.equal(searches[0]!.signal.aborted, false);
	});

	it("keeps its hits if it fails, and logs the failure", async () => {
		const searching = lookFor("needle");
		searching.hit("a", "needle");
		await searching.fail(new Error("no disk"));
		assert.equal(search.excerpts.size, 1);
		assert.equal(search.isBusy, false);
		assert.match(log.lines.join("\n"), /warn the search ended early: .*no disk/);
	});

	it("ends with the list, and reports nothing afterwards", async () => {
		const searching = lookFor("needle");
		searching.hit("a", "needle");
		search.dispose();
		changes = 0;
		assert.equal(searching.signal.aborted, true);
		clock.advance(tellingPauseMs);
		await searching.end();
		assert.equal(changes, 0);
		assert.equal(clock.pending, 0);
	});
});
