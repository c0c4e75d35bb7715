import assert from "node:assert/strict";
import { pieceBudgetMs, PrefillPacer } from "../../../../src/inference/pace/prefillPacer";

/** Plays a prompt at a machine's speed. @returns the longest piece in milliseconds, and the number of pieces. */
function play(
	pacer: PrefillPacer,
	promptTokens: number,
	msOf: (tokens: number) => number,
): { longestMs: number; pieces: number } {
	let longestMs = 0;
	let pieces = 0;
	for (let left = promptTokens; left > 0; pieces++) {
		const tokens = Math.min(pacer.nextTokens, left);
		pacer.record(tokens, msOf(tokens));
		longestMs = Math.max(longestMs, msOf(tokens));
		left -= tokens;
	}
	return { longestMs, pieces };
}

describe("PrefillPacer", () => {
	for (const tokensPerSecond of [16, 58, 500, 20_000]) {
		it(`keeps every piece within the budget at ${tokensPerSecond} tokens/s`, () => {
			const pacer = new PrefillPacer(512);
			const { longestMs } = play(pacer, 2000, (tokens) => 2 + (tokens / tokensPerSecond) * 1000);
			assert.ok(longestMs <= pieceBudgetMs + 2, `${longestMs} ms`);
		});
	}

	it("fills whole batches on a fast machine within a few pieces, and at once the next time", () => {
		const pacer = new PrefillPacer(512);
		const fast = (tokens: number): number => 3 + tokens / 50;
		assert.ok(play(pacer, 512 * 4, fast).pieces <= 9);
		assert.equal(pacer.nextTokens, 512);
		assert.equal(play(pacer, 512 * 4, fast).pieces, 4);
	});

	it("shrinks its pieces when the machine slows down", () => {
		const pacer = new PrefillPacer(512);
		play(pacer, 2000, (tokens) => tokens);
		const before = pacer.nextTokens;
		play(pacer, 2000, (tokens) => tokens * 10);
		assert.ok(pacer.nextTokens <= before / 8);
	});

	it("ignores the short last piece of a prompt", () => {
		const pacer = new PrefillPacer(512);
		play(pacer, 2000, (tokens) => 5 + tokens);
		const before = pacer.nextTokens;
		pacer.record(1, 6);
		assert.ok(pacer.nextTokens >= before / 4);
	});

	it("always asks for at least one token, however slow the machine", () => {
		const pacer = new PrefillPacer(512);
		pacer.record(4, 60_000);
		assert.equal(pacer.nextTokens, 1);
	});
});
