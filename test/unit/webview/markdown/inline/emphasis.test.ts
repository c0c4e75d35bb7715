import assert from "node:assert/strict";
import { Lexer, type MarkedToken } from "marked";
import { groupBlocks } from "../../../../../src/webview/markdown/block";
import { blockHtml } from "../../../../../src/webview/markdown/blockHtml";
import { pairEmphasis } from "../../../../../src/webview/markdown/inline/emphasisPairs";
import { markdownHtml } from "../../../../support/markdown/markdownHtml";
import { specificationExamples } from "../../../../support/markdown/specificationExamples";

/** Marks in programs, formulas, and paths. CommonMark sees emphasis in some of them. */
const shownAsTyped = [
	"10~20 threads for 3~4 hours",
	"from ~/one to ~/two",
	"H~2~O and ~about~ five",
	"a ~~ b ~~ c",
	"with ~~~a~~~ and ~~~~b~~~~ inside",
	"2*3*4 = 24",
	"5 * 3 * 2",
	"a*b + c*d",
	"3*x and 4*y",
	"x**2 + y**2 = z**2",
	"2**10 and 2**20",
	"src/*.ts or lib/*.ts",
	"**/*.ts and **/*.js",
	"*.* matches all",
	"/*a*/ and /*b*/",
	"int *a, *b;",
	"f(*args, **kwargs)",
	"__init__, __main__ and __name__",
	"self.__anything__ and __anything__(self)",
	"snake_case_name, _private and _other",
	"#hashtag and C#",
	":-) ;-) ^_^",
	"$5 and $10",
	"[^1] and [1]",
	"[^1]: word",
	"a | b",
];

const emphasized: Readonly<Record<string, string>> = {
	"**注意：**正文": "<strong>注意：</strong>正文",
	"中文**（强调）**中文": "中文<strong>（强调）</strong>中文",
	"**“引用”**正文": "<strong>“引用”</strong>正文",
	"他说**“你好”**。": "他说<strong>“你好”</strong>。",
	"价格是**$5**元": "价格是<strong>$5</strong>元",
	"**重要🔥**正文": "<strong>重要🔥</strong>正文",
	"***重要：***正文": "<em><strong>重要：</strong></em>正文",
	"*注：*正文": "<em>注：</em>正文",
	"**`code`**正文": "<strong><code>code</code></strong>正文",
	"これは**「重要」**です": "これは<strong>「重要」</strong>です",
	"**「あ」**と**「い」**": "<strong>「あ」</strong>と<strong>「い」</strong>",
	"**ﾊﾝｶｸ（注）**です": "<strong>ﾊﾝｶｸ（注）</strong>です",
	"**강조(괄호)**입니다": "<strong>강조(괄호)</strong>입니다",
	"**คำเตือน:**ข้อความ": "<strong>คำเตือน:</strong>ข้อความ",
	"**ຄຳເຕືອນ:**ຂໍ້ຄວາມ": "<strong>ຄຳເຕືອນ:</strong>ຂໍ້ຄວາມ",
	"**ចំណាំ:**អត្ថបទ": "<strong>ចំណាំ:</strong>អត្ថបទ",
	"မြန်မာ**(စာ)**ကို": "မြန်မာ<strong>(စာ)</strong>ကို",
	"**མཆན།**ཡིག": "<strong>མཆན།</strong>ཡིག",
	"~~删除：~~正文": "<del>删除：</del>正文",
	"un*frigging*believable": "un<em>frigging</em>believable",
	"~~gone~~ and **_both_**": "<del>gone</del> and <strong><em>both</em></strong>",
	"**a*b + c*d**": "<strong>a*b + c*d</strong>",
	"__bold__ and _thin_": "<strong>bold</strong> and <em>thin</em>",
};

/** Examples of the specifications that we render differently, by reason. */
const otherwise: Readonly<Record<string, string>> = {
	"CommonMark 163": "`<Warning>` is not HTML, so its content is Markdown",
};

describe("Emphasis", () => {
	for (const text of shownAsTyped) {
		it(`leaves marks that are plainly not meant as Markdown: ${text}`, () => {
			assert.doesNotMatch(markdownHtml(text), /<(?!p>|\/p>)/);
			assert.equal(
				markdownHtml(text)
					.replace(/<\/?p>/g, "")
					.replaceAll("&lt;", "<"),
				text,
			);
		});
	}

	for (const [text, html] of Object.entries(emphasized)) {
		it(`is recognized if it is meant: ${text}`, () => {
			assert.equal(markdownHtml(text), `<p>${html}</p>`);
		});
	}

	it("renders the examples of the specifications as marked does", () => {
		for (const { specification, number, markdown } of specificationExamples()) {
			const name = `${specification} ${number}`;
			const tokens = Lexer.lex(markdown, { gfm: true, breaks: true }) as MarkedToken[];
			const expected = groupBlocks(tokens)
				.map((block) => blockHtml(block.tokens))
				.map(({ start, body, end }) => start + body + end)
				.join("");
			assert.equal(markdownHtml(markdown) === expected, !(name in otherwise), name);
		}
	});

	// Searching all runs for each partner takes minutes. Mocha's limit for a test is two seconds.
	it("pairs marks in linear time", () => {
		for (const piece of ["a* ", "*a ", "a**b_c ", "*a_ ", "**a *b ", "~~a ", "a***b** "]) {
			pairEmphasis(piece.repeat(10_000));
		}
	});
});
