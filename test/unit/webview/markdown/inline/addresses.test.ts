import assert from "node:assert/strict";
import { addressEnd } from "../../../../../src/webview/markdown/inline/addressEnd";
import { linksOf } from "../../../../support/markdown/markdownHtml";

/** Returns the target of the link in a text; "" if it has no link. */
const links: Readonly<Record<string, string>> = {
	"见 https://example.com/a，然后": "https://example.com/a",
	"请打开https://example.com。": "https://example.com",
	"（https://example.com/a）": "https://example.com/a",
	"《https://example.com/x.pdf》": "https://example.com/x.pdf",
	"“https://example.com/a”。": "https://example.com/a",
	"https://example.com/a…": "https://example.com/a",
	"https://example.com/a(官方)": "https://example.com/a",
	"见https://example.com/查看": "https://example.com/",
	"见https://example.com:8080，": "https://example.com:8080",
	"「https://example.com」を見る": "https://example.com",
	"https://example.comを見る": "https://example.com",
	"https://example.com/を開く": "https://example.com/",
	"사이트 https://example.com/a를 보세요": "https://example.com/a",
	"사이트 https://example.com/에서 확인": "https://example.com/",
	"ดูhttps://example.com/aต่อไป": "https://example.com/a",
	"انظر https://example.com/a، ثم": "https://example.com/a",
	"هل زرت https://example.com/a؟": "https://example.com/a",
	"देखें https://example.com/a।": "https://example.com/a",
	"访问www.example.com，然后": "http://www.example.com",
	"邮箱me@example.com，谢谢": "mailto:me@example.com",
	"**网址：**https://example.com/a": "https://example.com/a",
	"**https://example.com/a**然后": "https://example.com/a",

	"https://ja.wikipedia.org/wiki/日本 へ": "https://ja.wikipedia.org/wiki/日本",
	"https://zh.wikipedia.org/wiki/中文_(消歧义)，下": "https://zh.wikipedia.org/wiki/中文_(消歧义)",
	"https://ru.wikipedia.org/wiki/Москва.": "https://ru.wikipedia.org/wiki/Москва",
	"https://en.wikipedia.org/wiki/Michelson–Morley_experiment":
		"https://en.wikipedia.org/wiki/Michelson–Morley_experiment",
	"https://example.com/?q=中文&amp;x=1，": "https://example.com/?q=中文&amp;amp;x=1",
	"https://例子.测试/路径，好": "https://例子.测试/路径",
	"http://münchen.example/straße).": "http://münchen.example/straße",

	"(https://en.wikipedia.org/wiki/A_(b_(c))).": "https://en.wikipedia.org/wiki/A_(b_(c))",
	"[https://example.com/a], next": "https://example.com/a",
	'{"url":"https://example.com/a","b":1}': "https://example.com/a",
	"https://example.com/users/{id}/x": "https://example.com/users/{id}/x",
	"https://example.com/a;": "https://example.com/a",
	"https://example.com/a&amp;": "https://example.com/a",
	"http://[::1]:8080/x,": "http://[::1]:8080/x",
	"https://example.com@attacker.invalid": "https://example.com@attacker.invalid",
	"https://example.com/a\u202Etxt": "https://example.com/a",
	"http://。": "",
	"https://然后": "",
};

describe("A bare address", () => {
	for (const [text, link] of Object.entries(links)) {
		it(`ends in the right place: ${text}`, () => {
			assert.deepEqual(linksOf(text), link === "" ? [] : [link]);
		});
	}

	// Examining the whole text for each bracket would take minutes.
	it("is found in linear time", () => {
		for (const end of [")", "&a;", "(", "]", "中(", "a–"]) {
			addressEnd(`https://example.com/${end.repeat(50_000)}`, "");
		}
	});
});
