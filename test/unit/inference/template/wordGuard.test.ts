import assert from "node:assert/strict";
import { MarkSet, WordGuard } from "../../../../src/inference/template/wordGuard";

const marks = new MarkSet(["<think>", "</think>", "<|im_end|>", "ab", "bc", "[INST]", " ", "<>"]);

describe("WordGuard", () => {
	const guarded = (words: string): string => {
		const guard = new WordGuard(marks, [words]);
		const text = guard.guard(words);
		assert.equal(text.replaceAll(guard.breakMark, ""), words);
		return text.replaceAll(guard.breakMark, "·");
	};

	it("breaks every mark before its first letter, or behind its first sign", () => {
		assert.equal(guarded("a <think> b </think><|im_end|>"), "a <·think> b </·think><|·im_end|>");
		assert.equal(guarded("<>"), "<·>");
	});

	it("leaves no mark whole that overlaps with one that is broken", () => {
		for (const words of ["abc", "<|im_<|im_end|>end|>", "<think<think>>", "ababc"]) {
			assert.equal(guarded(words).search(marks.any), -1, words);
		}
	});

	it("breaks the ends of words that would form a mark with their neighbors", () => {
		assert.equal(guarded("think>"), "·think>");
		assert.equal(guarded("x <"), "x <·");
		assert.equal(guarded("INST] x [IN"), "·INST] x [IN·");
	});

	it("leaves words without marks as they are", () => {
		for (const words of ["", " ", "if (x > 1) y", "Ünïcödé 漢字", "<b>x</b>."]) {
			assert.equal(guarded(words), words);
		}
	});

	it("breaks with a character that no word has", () => {
		assert.notEqual(new WordGuard(marks, ["\uFDD0 <think>"]).breakMark, "\uFDD0");
	});

	it("breaks with a character that no mark has, so that no break makes another mark", () => {
		const guard = new WordGuard(new MarkSet(["ab", "\uFDD0b"]), ["ab"]);
		assert.equal(guard.guard("ab"), `a${guard.breakMark}b`);
	});

	it("leaves out marks that hold the break where words and marks have all that it could be", () => {
		const all = Array.from({ length: 32 }, (_, index) => String.fromCodePoint(0xfdd0 + index));
		const guard = new WordGuard(new MarkSet(["ab", ...all.map((mark) => `${mark}b`)]), ["ab"]);
		assert.equal(guard.guard("ab"), `a${guard.breakMark}b`);
	});

	it("leaves a mark of one character as it is, which cannot be broken", () => {
		for (const mark of ["x", "😀", "漢"]) {
			assert.equal(new WordGuard(new MarkSet([mark]), [mark]).guard(mark), mark);
		}
	});

	it("takes no time worth mentioning for long words", () => {
		const words = "const a = b < c && d > e;\n".repeat(20_000);
		const startedAt = performance.now();
		new WordGuard(marks, [words]).guard(words);
		assert.ok(performance.now() - startedAt < 1000);
	});
});
