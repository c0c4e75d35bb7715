import assert from "node:assert/strict";
import { formatDate, formatList, formatNumber } from "../../../src/wording/intl";
import { displayLanguage, plural, t, tParts } from "../../../src/wording/localize";
import { inLanguage } from "../../support/inLanguage";

const chats = (count: number): string => plural(count, "{0} chat", "{0} chats");
const counts = [0, 1, 2, 5, 21, 1_000_000];

describe("A sentence", () => {
	describe("in English", () => {
		it("is its own key, with its values inserted", () => {
			assert.equal(t("Stop"), "Stop");
			assert.equal(t("{1} of {0}", "a", "b"), "b of a");
			assert.equal(displayLanguage(), "en");
		});

		it("never replaces a placeholder inside a value", () => {
			assert.equal(t("{0} and {1}", "{1}", "$&"), "{1} and $&");
		});

		it("keeps braces that are not placeholders", () => {
			assert.equal(t("Write {} or {9}, {0}", "x"), "Write {} or {9}, x");
		});

		it("counts in two forms, and formats the count", () => {
			assert.deepEqual(counts.map(chats), [
				"0 chats",
				"1 chat",
				"2 chats",
				"5 chats",
				"21 chats",
				"1,000,000 chats",
			]);
		});

		it("inserts further values beside the count", () => {
			const moved = (count: number): string =>
				plural(count, "{0} chat is in {1}", "{0} chats are in {1}", "the archive");
			assert.deepEqual([1, 2].map(moved), [
				"1 chat is in the archive",
				"2 chats are in the archive",
			]);
		});

		it("returns its pieces in order, with elements between them", () => {
			const link = { href: "x" };
			assert.deepEqual(tParts("Read {0} first", link), ["Read ", link, " first"]);
			assert.deepEqual(tParts("{0}", link), [link]);
			assert.deepEqual(tParts("None"), ["None"]);
		});
	});

	describe("in Spanish", () => {
		inLanguage("es", {
			Stop: "Detener",
			"{1} of {0}": "{0}: {1}",
			"Read {0} and {1}": "Lee {1} y {0}",
			"{0} chats": "{0} chats",
			"{0} chats#one": "{0} chat",
			"{0} chats#many": "{0} de chats",
		});

		it("is the translation, with its values where the translation places them", () => {
			assert.equal(t("Stop"), "Detener");
			assert.equal(t("{1} of {0}", "a", "b"), "a: b");
			assert.deepEqual(tParts("Read {0} and {1}", 1, 2), ["Lee ", 2, " y ", 1]);
			assert.equal(displayLanguage(), "es");
		});

		it("is English if it has no translation", () => {
			assert.equal(t("Not translated"), "Not translated");
			const files = (count: number): string => plural(count, "{0} file", "{0} files");
			assert.deepEqual([1, 2].map(files), ["1 file", "2 files"]);
		});

		it("counts in the plural forms of Spanish", () => {
			assert.deepEqual(counts.map(chats), [
				"0 chats",
				"1 chat",
				"2 chats",
				"5 chats",
				"21 chats",
				"1.000.000 de chats",
			]);
		});
	});

	describe("in a language with more plural forms than English", () => {
		inLanguage("pl", {
			"{0} chats": "{0} czatu",
			"{0} chats#one": "{0} czat",
			"{0} chats#few": "{0} czaty",
			"{0} chats#many": "{0} czatów",
		});

		it("counts in all of them", () => {
			assert.deepEqual([0, 1, 2, 5, 22, 1.5].map(chats), [
				"0 czatów",
				"1 czat",
				"2 czaty",
				"5 czatów",
				"22 czaty",
				"1,5 czatu",
			]);
		});
	});

	describe("in a language with one plural form", () => {
		inLanguage("ja", { "{0} chats": "{0} 件のチャット" });

		it("counts in that one", () => {
			assert.deepEqual([0, 1, 2].map(chats), [
				"0 件のチャット",
				"1 件のチャット",
				"2 件のチャット",
			]);
		});
	});
});

describe("A formatted value", () => {
	const formatted = (): readonly string[] => [
		formatNumber(1234567.8),
		formatNumber(0.5, { style: "percent" }),
		formatList(["a", "b", "c"]),
		formatList(["a", "b"], "disjunction"),
		formatDate(Date.UTC(2025, 0, 2), { dateStyle: "long", timeZone: "UTC" }),
	];

	it("follows English conventions", () => {
		assert.deepEqual(formatted(), [
			"1,234,567.8",
			"50%",
			"a, b, and c",
			"a or b",
			"January 2, 2025",
		]);
	});

	describe("in Spanish", () => {
		inLanguage("es", {});

		it("follows Spanish conventions", () => {
			assert.deepEqual(formatted(), [
				"1.234.567,8",
				"50\u00a0%",
				"a, b y c",
				"a o b",
				"2 de enero de 2025",
			]);
		});
	});
});
