import assert from "node:assert/strict";
import { describeDevice, describeRate } from "../../../src/wording/describeDevice";
import { describeCount, formatBytes } from "../../../src/wording/format";

describe("a number for people", () => {
	it("has its thousands apart and its noun in one or many", () => {
		for (const [count, words] of [
			[0, "0 tokens"],
			[1, "1 token"],
			[999, "999 tokens"],
			[2048, "2,048 tokens"],
			[131_072, "131,072 tokens"],
		] as const) {
			assert.equal(describeCount(count, "token"), words);
		}
		assert.equal(describeCount(1, "entry", "entries"), "1 entry");
		assert.equal(describeCount(1234, "entry", "entries"), "1,234 entries");
	});

	it("of bytes has at most three digits before its unit", () => {
		for (const [bytes, words] of [
			[0, "0 bytes"],
			[999, "999 bytes"],
			[1000, "1.0 kB"],
			[99_949, "99.9 kB"],
			[99_950, "100 kB"],
			[999_499, "999 kB"],
			[999_500, "1.0 MB"],
			[999_999_999, "1.0 GB"],
			[2_019_377_696, "2.0 GB"],
		] as const) {
			assert.equal(formatBytes(bytes), words);
		}
	});

	it("of a device and of its rate is written the same way", () => {
		assert.equal(describeDevice({ kind: "cpu", threads: 1 }), "CPU, 1 thread");
		assert.equal(describeDevice({ kind: "cpu", threads: 16 }), "CPU, 16 threads");
		assert.equal(describeRate({ answerTokens: 2500, decodeMs: 1000 }), "2,500 tokens/s");
		assert.equal(describeRate({ answerTokens: 72, decodeMs: 10_000 }), "7.2 tokens/s");
	});
});
