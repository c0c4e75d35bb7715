import assert from "node:assert/strict";
import {
	assumedWriteBytesPerMs,
	isFasterToLoad,
	isWorthLooking,
	isWorthSaving,
	isWorthSavingMeanwhile,
	isWrittenSoon,
	nextWriteBytesPerMs,
} from "../../../../src/inference/promptCache/cacheRule";

/** The shape of Llama-3.2-1B keeps 32 KiB for each token. */
const bytesPerToken = 32 * 1024;
const processor = { msPerToken: 40, leastGainMs: 1000 };
const fastGpu = { msPerToken: 0.05, leastGainMs: 1000 };

describe("the rule for cached prompts", () => {
	it("loads a long conversation on a CPU", () => {
		assert.equal(isFasterToLoad(4000, 4000 * bytesPerToken, processor), true);
	});

	it("evaluates if that is faster, as on a GPU", () => {
		assert.equal(isFasterToLoad(4000, 4000 * bytesPerToken, fastGpu), false);
	});

	it("does not load much for the sake of a few tokens", () => {
		assert.equal(isFasterToLoad(30, 40_000 * bytesPerToken, processor), false);
	});

	it("never loads for nothing, however little a state must spare", () => {
		assert.equal(isFasterToLoad(0, 1, { msPerToken: 40, leastGainMs: 0 }), false);
		assert.equal(isWorthLooking(0, { msPerToken: 40, leastGainMs: 0 }), false);
		assert.equal(isWorthSaving(0, { msPerToken: 40, leastGainMs: 0 }), false);
	});

	it("saves a prompt that takes a second to evaluate", () => {
		assert.equal(isWorthSaving(25, processor), true);
		assert.equal(isWorthSaving(24, processor), false);
	});

	it("does not begin to write what takes over a second, at the rate of the state before", () => {
		assert.equal(isWrittenSoon(250_000_000, assumedWriteBytesPerMs), true);
		const slow = nextWriteBytesPerMs(assumedWriteBytesPerMs, 100_000_000, 1000);
		assert.equal(isWrittenSoon(99_000_000, slow), true);
		assert.equal(isWrittenSoon(101_000_000, slow), false);
		assert.equal(nextWriteBytesPerMs(slow, 1000, 1000), slow, "a small one tells nothing");
	});

	it("leaves at most an eighth unsaved, and writes at most nine times what it ends with", () => {
		let saved = 0;
		let written = 0;
		let held = 0;
		for (let answer = 0; answer < 400; answer++) {
			held += 50;
			if (isWorthSavingMeanwhile(held, held - saved, processor)) {
				saved = held;
				written += held;
			}
			assert.ok(held - saved <= held / 8);
		}
		assert.ok(written <= 9 * held, `${written} tokens for ${held}`);
	});
});
