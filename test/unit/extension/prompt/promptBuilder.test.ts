import assert from "node:assert/strict";
import { buildPrompt, firstVisibleTurn } from "../../../../src/extension/prompt/promptBuilder";
import type { AttachedCode } from "../../../../src/extension/conversation/attachedCode";
import type {
	StoredAssistantTurn,
	StoredTurn,
	StoredUserTurn,
} from "../../../../src/extension/conversation/chatRecord";
import { attachedCode, stats } from "../../../support/chats/sessionHarness";

const system = "You are a helpful assistant.";

function user(id: string, text: string, attachments: readonly AttachedCode[] = []): StoredUserTurn {
	return { role: "user", id, sentAtMs: 0, text, attachments: [...attachments] };
}

function answer(
	id: string,
	reply: string,
	changes: Partial<StoredAssistantTurn> = {},
): StoredAssistantTurn {
	return {
		role: "assistant",
		id,
		startedAtMs: 0,
		thought: "",
		thoughtDurationMs: null,
		reply,
		outcome: { kind: "complete", stats },
		...changes,
	};
}

const running = { outcome: null };

/** Returns the message text of one piece of code. */
function textWith(text: string, codes: readonly AttachedCode[]): string {
	return buildPrompt("", [user("u1", text, codes)]).messages[0]!.text;
}

describe("buildPrompt", () => {
	it("returns the system prompt and turns in order, and the turn of each message", () => {
		const turns: StoredTurn[] = [
			user("u1", "one"),
			answer("a1", "1"),
			user("u2", "two"),
			answer("a2", "", running),
		];
		assert.deepEqual(buildPrompt(system, turns), {
			messages: [
				{ role: "system", text: system },
				{ role: "user", text: "one" },
				{ role: "assistant", text: "1" },
				{ role: "user", text: "two" },
			],
			turnIds: [undefined, "u1", "a1", "u2"],
		});
	});

	it("has no system message for a blank system prompt", () => {
		const { messages } = buildPrompt(" \n", [user("u1", "one")]);
		assert.deepEqual(messages, [{ role: "user", text: "one" }]);
	});

	it("keeps an unanswered question, and leaves out only the empty answer", () => {
		const stopped = { outcome: { kind: "stopped", stats: undefined } } as const;
		const turns = [user("u1", "one"), answer("a1", "", stopped), user("u2", "two")];
		assert.deepEqual(buildPrompt("", turns), {
			messages: [
				{ role: "user", text: "one" },
				{ role: "user", text: "two" },
			],
			turnIds: ["u1", "u2"],
		});
	});

	it("keeps the text of a failed answer", () => {
		const failed = {
			outcome: { kind: "failed", failure: { kind: "internal", message: "" } },
		} as const;
		const turns = [user("u1", "one"), answer("a1", "1, 2, ", failed), user("u2", "go on")];
		assert.deepEqual(
			buildPrompt("", turns).messages.map(({ text }) => text),
			["one", "1, 2, ", "go on"],
		);
	});

	it("ends with the text of the answer to continue", () => {
		const turns = [user("u1", "one"), answer("a1", "1, 2, ", running)];
		assert.deepEqual(buildPrompt("", turns).messages.at(-1), { role: "assistant", text: "1, 2, " });
	});

	it("ends with the thoughts of the answer to continue, too", () => {
		const turns = [user("u1", "one"), answer("a1", "", { thought: "hm", outcome: null })];
		assert.deepEqual(buildPrompt("", turns).messages.at(-1), {
			role: "assistant",
			text: "",
			thought: "hm",
		});
	});

	it("leaves out thoughts of earlier answers", () => {
		const turns = [user("u1", "one"), answer("a1", "1", { thought: "secret" }), user("u2", "two")];
		assert.doesNotMatch(JSON.stringify(buildPrompt(system, turns)), /secret/);
	});

	it("puts code below its path, lines, and language, before the text", () => {
		assert.equal(
			textWith("Explain this code", [attachedCode("a1", "const a = 1;")]),
			"Code from `src/math.ts` (lines 3-5):\n\n```typescript\nconst a = 1;\n```\n\nExplain this code",
		);
	});

	it("keeps the indentation of text after code", () => {
		const text = textWith("    return a;\n\n", [attachedCode("a1", "const a = 1;")]);
		assert.ok(text.endsWith("```\n\n    return a;"));
	});

	it("sends code without text, and several pieces in order", () => {
		const text = textWith("", [
			attachedCode("a1", "first\n", 0, 0),
			attachedCode("a2", "second", 6, 7),
		]);
		assert.equal(
			text,
			"Code from `src/math.ts` (line 1):\n\n```typescript\nfirst\n```\n\n" +
				"Code from `src/math.ts` (lines 7-8):\n\n```typescript\nsecond\n```",
		);
	});

	for (const [system, lineEnd] of Object.entries({ Windows: "\r\n", "old Mac": "\r" })) {
		it(`converts the line endings of a file to line feeds: ${system}`, () => {
			const code = ["if (a) {", "", "\tb();", "}", ""];
			const expected = textWith("one\ntwo", [attachedCode("a1", code.join("\n"))]);
			assert.equal(
				textWith(`one${lineEnd}two`, [attachedCode("a1", code.join(lineEnd))]),
				expected,
			);
			assert.doesNotMatch(expected, /\r|\n\n```$/m);
		});
	}

	it("converts mixed line endings, and those of the system prompt", () => {
		assert.match(textWith("", [attachedCode("a1", "a\r\nb\nc\rd")]), /\na\nb\nc\nd\n/);
		assert.equal(buildPrompt("Be brief.\r\nBe kind.", []).messages[0]?.text, "Be brief.\nBe kind.");
	});

	it("keeps text from the model unchanged", () => {
		const path = [user("u1", "one"), answer("a1", "a\r\nb"), user("u2", "two")];
		assert.equal(buildPrompt("", path).messages[1]?.text, "a\r\nb");
	});

	it("fences code with more backticks than any run inside it", () => {
		for (let inside = 0; inside <= 9; inside += 1) {
			const text = textWith("", [attachedCode("a1", `a ${"`".repeat(inside)} b`)]);
			const [fence = ""] = /`+(?=typescript\n)/.exec(text) ?? [];
			assert.equal(fence.length, Math.max(3, inside + 1));
			assert.ok(text.endsWith(`\n${fence}`));
		}
	});
});

describe("firstVisibleTurn", () => {
	const path = [user("u1", "one"), answer("a1", "1"), user("u2", "two")];

	it("is undefined if the model sees the whole conversation", () => {
		assert.equal(firstVisibleTurn(buildPrompt(system, path), 1), undefined);
	});

	it("is the turn of the first message that fits", () => {
		assert.equal(firstVisibleTurn(buildPrompt(system, path), 3), "u2");
	});

	it("counts from the first message without a system message", () => {
		assert.equal(firstVisibleTurn(buildPrompt("", path), 0), undefined);
		assert.equal(firstVisibleTurn(buildPrompt("", path), 2), "u2");
	});
});
