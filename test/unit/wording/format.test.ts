import assert from "node:assert/strict";
import { describeDevice, describeRate } from "../../../src/wording/describeDevice";
import {
	formatBytes,
	formatCompact,
	formatPercent,
	formatTimeLeft,
} from "../../../src/wording/format";
import { plural } from "../../../src/wording/localize";
import { inLanguage } from "../../support/inLanguage";

describe("A formatted number", () => {
	it("separates thousands, and has a noun in singular or plural", () => {
		for (const [count, words] of [
			[0, "0 tokens"],
			[1, "1 token"],
			[999, "999 tokens"],
			[2048, "2,048 tokens"],
			[131_072, "131,072 tokens"],
		] as const) {
			assert.equal(plural(count, "{0} token", "{0} tokens"), words);
		}
		assert.equal(plural(1, "{0} entry", "{0} entries"), "1 entry");
		assert.equal(plural(1234, "{0} entry", "{0} entries"), "1,234 entries");
	});

	it("has at most three digits before a unit of bytes", () => {
		for (const [bytes, words] of [
			[0, "0 bytes"],
			[1, "1 byte"],
			[999, "999 bytes"],
			[1000, "1.0 kB"],
			[99_949, "99.9 kB"],
			[99_950, "100 kB"],
			[999_499, "999 kB"],
			[999_500, "1.0 MB"],
			[999_999_999, "1.0 GB"],
			[2_019_377_696, "2.0 GB"],
			[4e15, "4,000 TB"],
		] as const) {
			assert.equal(formatBytes(bytes), words);
		}
	});

	it("is a whole percentage for a fraction, and 100 only at the end", () => {
		const shares = [-1, 0, 0.29, 0.5, 0.9999, 1, 2].map(formatPercent);
		assert.deepEqual(shares, ["0%", "0%", "29%", "50%", "99%", "100%", "100%"]);
		for (let percent = 0; percent <= 100; percent += 1) {
			assert.equal(formatPercent(percent / 100), `${percent}%`);
		}
	});

	describe("in Spanish", () => {
		inLanguage("es", { "{0} bytes": "{0} bytes", "{0} bytes#one": "{0} byte" });

		it("follows Spanish conventions", () => {
			// The space before a unit is a no-break space.
			assert.equal(formatBytes(2_019_377_696).replace(/\s/, " "), "2,0 GB");
			assert.equal(formatBytes(1), "1 byte");
			assert.equal(formatPercent(0.4).replace(/\s/, " "), "40 %");
			assert.equal(formatCompact(1_234_567).replace(/\s/, " "), "1,2 M");
			assert.equal(formatTimeLeft(12), "12 s");
		});
	});

	it("follows the same conventions for a device and its rate", () => {
		assert.equal(describeDevice({ kind: "cpu", threads: 1 }), "CPU, 1 thread");
		assert.equal(describeDevice({ kind: "cpu", threads: 16 }), "CPU, 16 threads");
		assert.equal(describeRate({ answerTokens: 2500, decodeMs: 1000 }), "2,500 tokens/s");
		assert.equal(describeRate({ answerTokens: 72, decodeMs: 10_000 }), "7.2 tokens/s");
	});
});
