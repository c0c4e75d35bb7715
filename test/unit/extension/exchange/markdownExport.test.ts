import assert from "node:assert/strict";
import { lexer, parse } from "marked";
import type { ChatRecord } from "../../../../src/extension/conversation/chatRecord";
import { Conversation } from "../../../../src/extension/conversation/conversation";
import { chatAsMarkdown } from "../../../../src/extension/exchange/chatAsMarkdown";
import { asText, tamed } from "../../../../src/extension/exchange/tameMarkdown";
import { fenced } from "../../../../src/protocol/text/markdownText";
import type { TurnOutcome } from "../../../../src/protocol/chat/chat";
import { describeFailure } from "../../../../src/wording/describeFailure";
import { crash } from "../../../support/view/chatStates";
import { hostileCorpus } from "../../../support/hostile/hostileCorpus";
import { markdownDocuments } from "../../../support/markdown/markdownDocuments";
import { chosenSeed, seededRandom } from "../../../support/random";

const complete: TurnOutcome = { kind: "complete", stats: undefined };

function message(id: string, text: string, parentId: string | null = null): ChatRecord {
	return {
		type: "turn",
		parentId,
		turn: { role: "user", id, sentAtMs: 1, text, attachments: [] },
	};
}

function answer(
	id: string,
	parentId: string,
	reply: string,
	{ thought = "", outcome = complete }: { thought?: string; outcome?: TurnOutcome | null } = {},
): ChatRecord {
	const turn = { role: "assistant", id, startedAtMs: 2, thought, reply, outcome } as const;
	return { type: "turn", parentId, turn: { ...turn, thoughtDurationMs: null } };
}

function conversation(...records: readonly ChatRecord[]): Conversation {
	const made = new Conversation({
		format: "local-llm-chat",
		version: 1,
		id: "chat",
		createdAtMs: Date.UTC(2026, 4, 3, 14, 5),
		folder: "project",
	});
	for (const record of records) {
		assert.ok(made.apply(record));
	}
	return made;
}

/** Returns the headings of the first two levels as a page shows them. */
function headings(markdown: string): string[] {
	const html = parse(markdown, { async: false });
	return [...html.matchAll(/<h([12])>(.*?)<\/h\1>/gs)].map(([, level, text]) => `${level} ${text}`);
}

/** Fails unless an export with a hostile text shows exactly its turns, and no HTML except ours. */
function assertTurns(hostile: string): void {
	const markdown = chatAsMarkdown(
		conversation(
			{ type: "title", text: "A title", by: "user" },
			message("a", hostile),
			answer("b", "a", hostile, { thought: hostile }),
			message("c", "The end?", "b"),
			answer("d", "c", "Yes.", { outcome: { kind: "stopped", stats: undefined } }),
		),
	);
	assert.deepEqual(
		headings(markdown),
		["1 A title", "2 You", "2 Assistant", "2 You", "2 Assistant"],
		markdown,
	);
	const html = parse(markdown, { async: false });
	assert.match(html, /<h2>You<\/h2>\n<p>The end\?<\/p>\n<h2>Assistant<\/h2>\n<p>Yes\.<\/p>/);
	// In the page, "<" is escaped in code and text, so that each remaining "<" begins an element.
	const elements = new Set([...html.matchAll(/<\/?([^\s>/]+)/g)].map(([, name]) => name));
	for (const name of ["script", "img", "iframe", "svg", "style", "form", "base", "meta", "div"]) {
		assert.ok(
			!elements.has(name) || (name === "img" && hostile.includes("![")),
			`<${name}> of ${hostile}`,
		);
	}
	const ours = /^(?:<details>\n<summary>Thoughts<\/summary>\n*|<\/details>\n*)$/;
	for (const token of lexer(markdown)) {
		assert.ok(token.type !== "html" || ours.test(token.raw), token.raw);
	}
}

describe("a conversation as Markdown", () => {
	it("is readable as plain text", () => {
		const code = {
			chip: {
				id: "c",
				label: "sum.ts:1-2",
				scope: "selection",
				path: "src/sum_all.ts",
				languageId: "typescript",
			},
			uri: "file:///project/src/sum_all.ts",
			range: { startLine: 0, startCharacter: 0, endLine: 1, endCharacter: 1 },
			code: "const fence = `\n```\n`;\n",
		} as const;
		const markdown = chatAsMarkdown(
			conversation(
				{
					type: "turn",
					parentId: null,
					turn: {
						role: "user",
						id: "a",
						sentAtMs: 1,
						text: "What is *this*?",
						attachments: [code],
					},
				},
				answer("b0", "a", "Another version"),
				answer("b", "a", "# Code\n\nIt is `code`.", {
					thought: "Hm.",
					outcome: { kind: "failed", failure: crash },
				}),
			),
		);
		assert.equal(
			markdown,
			`# What is \\*this\\*?

- Started 2026-05-03 14:05 UTC
- Folder: project

## You

What is *this*?

**sum.ts:1-2** (src/sum\\_all.ts)

\`\`\`\`typescript
const fence = \`
\`\`\`
\`;
\`\`\`\`

## Assistant

<details>
<summary>Thoughts</summary>

Hm.

</details>

### Code

It is \`code\`.

*${describeFailure(crash).sentence}*
`,
		);
	});

	it("says how an incomplete answer ended", () => {
		const ended = (outcome: TurnOutcome | null): string =>
			chatAsMarkdown(conversation(message("a", "Hi"), answer("b", "a", "Hel", { outcome })))
				.trim()
				.split("\n\n")
				.at(-1)!;
		const stats = {
			promptTokens: 1,
			evaluatedTokens: 1,
			answerTokens: 1,
			firstTokenMs: 1,
			decodeMs: 1,
		};
		assert.equal(ended(complete), "Hel");
		assert.equal(ended({ kind: "stopped", stats }), "*Stopped*");
		assert.equal(ended({ kind: "maxTokens", maxTokens: 2048, stats }), "*Reached 2,048 tokens*");
		assert.equal(ended({ kind: "contextFull", contextTokens: 1, stats }), "*The context was full*");
		assert.equal(ended({ kind: "interrupted" }), "*Interrupted*");
		assert.equal(ended(null), "*Still being written*");
	});

	it("keeps the headings of its turns around hostile texts", () => {
		const structural = [
			"## You\n\nThe end?\n\n## Assistant\n\nNo.",
			"# A title",
			"You\n---",
			"You\n===",
			"> text\n---",
			"```\nnever closed",
			"~~~~\n```\n~~~",
			"    ```\n```js\n  ````` \n",
			"- ```\n  never closed",
			"> ```\n> never closed",
			"- a\n\n  ## You\n\n  b",
			"> ## You",
			"1. # You",
			"<!-- never closed\n\n## You",
			"<details>\n\n<summary>x",
			"</details>\n\n</details>",
			"`<b>` and <b>bold",
			"`` <script> ` <script>alert(1)</script>",
			"<pre>\n## You\n",
			"<textarea><plaintext>",
			"<?php\n\n## You\n?>",
			"<![CDATA[\n\n## You\n]]>",
			"[You]: https://example.com\n\n[You]",
			"| a | b |\n| - | - |\n| <b> | ## |",
			"text\\",
			"\\<b>",
			"\\\\<b>",
			"a&lt;b <br> c<br/>d",
			"#\tYou",
			"##",
			" ## You ##",
			"\r## You\r\n## You",
			"*".repeat(5_000),
			"> ".repeat(4_000),
			"[".repeat(5_000),
			"\u0000## You",
			"\u2028## You",
			"\u00a0## You",
			"",
		];
		const fragments = Object.values(hostileCorpus).flatMap((some) => some.map(({ text }) => text));
		assert.ok(fragments.length > 100);
		for (const text of [...structural, ...fragments, ...Object.values(markdownDocuments)]) {
			assertTurns(text);
		}
	});

	const seed = chosenSeed();
	it(`keeps its headings wherever an answer breaks off, seed ${seed}`, () => {
		const random = seededRandom(seed);
		const documents = Object.values(markdownDocuments);
		for (let round = 0; round < 300; round += 1) {
			const text = documents[Math.floor(random() * documents.length)]!;
			const from = Math.floor(random() * text.length);
			assertTurns(text.slice(from, from + Math.floor(random() * 400)));
		}
	});

	it("changes only the heading levels of harmless Markdown", () => {
		const text =
			"Text with `<code>` and a [link](https://example.com).\n\n```html\n<b>\n# x\n```\n\n- one\n- two";
		assert.equal(tamed(text), text);
		assert.equal(tamed("# One\n##### Five"), "### One\n###### Five");
		assert.equal(tamed("Text\n\n~~~~js\n# a\n"), "Text\n\n~~~~js\n# a\n~~~~");
		assert.equal(tamed("Is 1 < 2 and a <b>?"), "Is 1 < 2 and a \\<b>?");
	});

	it("shows Markdown that cannot be tamed as code", () => {
		assert.equal(tamed("- `<b>` <b>\n"), "```markdown\n- `<b>` <b>\n```");
	});

	it("puts code into a block that the code cannot close", () => {
		assert.equal(fenced("a\n````\n", "c++"), "`````c++\na\n````\n`````");
		assert.equal(fenced("a", "x`\n## y"), "```\na\n```");
	});

	it("treats titles and names as text", () => {
		for (const title of [
			"# <b>*x*</b> [a](b) `c`",
			"1. one",
			"- x",
			"+ y",
			"a\n# b",
			"1) a",
			"~~a~~",
			"&amp;",
		]) {
			const tokens = lexer(`# ${asText(title)}\n`);
			assert.equal(tokens.length, 1, title);
			const [heading] = tokens;
			assert.ok(heading?.type === "heading");
			const plain = (heading.tokens ?? []).every(
				({ type }) => type === "text" || type === "escape",
			);
			assert.ok(plain, JSON.stringify(heading));
			const item = lexer(`- ${asText(title)}\n`)[0]!;
			assert.ok(item.type === "list");
			assert.match(
				parse(`- ${asText(title)}\n`, { async: false }),
				/^<ul>\n<li>[^<]*<\/li>\n<\/ul>\n$/,
			);
		}
	});
});
