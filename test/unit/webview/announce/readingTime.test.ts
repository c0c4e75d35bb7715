import assert from "node:assert/strict";
import { readingTime } from "../../../../src/webview/announce/readingTime";

describe("The remaining time of a prompt", () => {
	const begun = { atMs: 5000, doneTokens: 0 };

	it("is estimated from the rate so far", () => {
		assert.deepEqual(readingTime(begun, { atMs: 15_000, doneTokens: 400 }, 1000), {
			fraction: 0.4,
			leftSeconds: 15,
		});
	});

	it("is measured from the first progress that the page received", () => {
		const heard = { atMs: 5000, doneTokens: 500 };
		assert.deepEqual(readingTime(heard, { atMs: 7000, doneTokens: 600 }, 1000), {
			fraction: 0.6,
			leftSeconds: 8,
		});
	});

	it("is not shown up to a second", () => {
		assert.equal(readingTime(begun, { atMs: 5600, doneTokens: 600 }, 1000), undefined);
		assert.ok(readingTime(begun, { atMs: 5601, doneTokens: 600 }, 1000));
	});

	it("is unknown before any token was read", () => {
		assert.equal(readingTime(begun, begun, 1000), undefined);
		assert.equal(readingTime(begun, { atMs: 9000, doneTokens: 0 }, 1000), undefined);
		assert.equal(readingTime(begun, { atMs: 5499, doneTokens: 10 }, 1000), undefined);
		assert.ok(readingTime(begun, { atMs: 5500, doneTokens: 10 }, 1000));
	});
});
