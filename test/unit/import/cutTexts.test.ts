import assert from "node:assert/strict";
import { boundedText } from "../../../src/import/importedText";
import { noOmissions } from "../../../src/import/importedChat";
import { keptDataBytes } from "../../../src/import/importLimits";
import { cutMark, ValueScanner } from "../../../src/import/json/valueScanner";

/** @returns a string of that JSON without its quotes, as it is kept of one that is too long. */
function keptOf(json: string): string {
	const scanner = new ValueScanner();
	scanner.begin(true);
	const bytes = Buffer.from(`"${json}"`);
	scanner.read(bytes, 0);
	const value = scanner.take();
	assert.ok(value.kind === "json");
	return JSON.parse(value.text) as string;
}

describe("a text that is cut", () => {
	const pieces: readonly (readonly [what: string, json: string])[] = [
		["characters of two bytes", "é"],
		["characters of three bytes", "€"],
		["characters of four bytes", "🙂"],
		["escapes of one character", "\\n"],
		["escaped backslashes", "\\\\"],
		["escapes by number", "\\u00e9"],
		["pairs of escapes by number", "\\ud83d\\ude42"],
		["pairs of escapes in capitals", "\\uD83D\\uDE42"],
		["backslashes before what looks like half a pair", "\\\\ud83d"],
		["a backslash before a pair", "\\\\\\ud83d\\ude42"],
	];
	// What embeds a file is cut earliest.
	const begin = "data:a/b,";
	for (const [what, piece] of pieces) {
		it(`ends with a whole character, wherever the limit divides ${what}`, () => {
			const again = piece.repeat(Math.ceil(2_000 / Buffer.byteLength(piece)));
			const whole = JSON.parse(`"${again}"`) as string;
			for (let shift = 0; shift < 13; shift += 1) {
				const filled = begin + "x".repeat(shift);
				const kept = keptOf(`${filled}${again}`);
				assert.ok(kept.endsWith(cutMark) && Buffer.byteLength(kept) < 2 * keptDataBytes);
				const shown = kept.slice(filled.length, -cutMark.length);
				assert.ok(whole.startsWith(shown) && shown.length > 3, `${shift}: ${shown.slice(-20)}`);
				assert.ok(!/[\ud800-\udbff]$/.test(shown), `${shift}: half of a pair`);
			}
		});
	}

	it("ends with a whole character where it is too long for a message", () => {
		for (const before of ["", "x"]) {
			const text = boundedText(before + "🙂".repeat(2_000_001), noOmissions());
			assert.doesNotMatch(text.slice(-100), /[\ud800-\udbff](?![\udc00-\udfff])/);
		}
	});
});
