import assert from "node:assert/strict";
import { buildPrompt, visiblePart } from "../../../src/extension/chat/promptBuilder";
import type { AttachedCode } from "../../../src/extension/chat/attachedCode";
import type { AssistantTurn, Turn, UserTurn } from "../../../src/protocol/chat";
import { attachedCode, stats } from "../../support/sessionHarness";

const system = "You are a helpful assistant.";
const noCode = (): undefined => undefined;

function user(id: string, text: string, codes: readonly AttachedCode[] = []): UserTurn {
	return { role: "user", id, text, attachments: codes.map(({ chip }) => chip) };
}

function answer(id: string, reply: string, changes: Partial<AssistantTurn> = {}): AssistantTurn {
	return {
		role: "assistant",
		id,
		startedAtMs: 0,
		thought: "",
		thoughtDurationMs: undefined,
		reply,
		state: { kind: "ended", outcome: { kind: "complete", stats } },
		...changes,
	};
}

const running = { state: { kind: "running", progress: { kind: "preparing" } } } as const;

/** The text of the message that one piece of code makes. */
function textWith(text: string, codes: readonly AttachedCode[]): string {
	const codeOf = (id: string): AttachedCode | undefined => codes.find(({ chip }) => chip.id === id);
	return buildPrompt("", [user("u1", text, codes)], codeOf).messages[0]!.text;
}

describe("buildPrompt", () => {
	it("gives system prompt and turns in order, and the turn of each message", () => {
		const turns: Turn[] = [
			user("u1", "one"),
			answer("a1", "1"),
			user("u2", "two"),
			answer("a2", "", running),
		];
		assert.deepEqual(buildPrompt(system, turns, noCode), {
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
		const { messages } = buildPrompt(" \n", [user("u1", "one")], noCode);
		assert.deepEqual(messages, [{ role: "user", text: "one" }]);
	});

	it("keeps a question that got no answer, and leaves only the empty answer out", () => {
		const stopped = {
			state: { kind: "ended", outcome: { kind: "stopped", stats: undefined } },
		} as const;
		const turns = [user("u1", "one"), answer("a1", "", stopped), user("u2", "two")];
		assert.deepEqual(buildPrompt("", turns, noCode), {
			messages: [
				{ role: "user", text: "one" },
				{ role: "user", text: "two" },
			],
			turnIds: ["u1", "u2"],
		});
	});

	it("keeps what a failed answer had said", () => {
		const failed = {
			state: {
				kind: "ended",
				outcome: { kind: "failed", failure: { kind: "internal", message: "" } },
			},
		} as const;
		const turns = [user("u1", "one"), answer("a1", "1, 2, ", failed), user("u2", "go on")];
		assert.deepEqual(
			buildPrompt("", turns, noCode).messages.map(({ text }) => text),
			["one", "1, 2, ", "go on"],
		);
	});

	it("never sends thoughts", () => {
		const turns = [user("u1", "one"), answer("a1", "1", { thought: "secret" }), user("u2", "two")];
		assert.doesNotMatch(JSON.stringify(buildPrompt(system, turns, noCode)), /secret/);
	});

	it("puts code under its path, lines and language, after the words", () => {
		assert.equal(
			textWith("Explain this code", [attachedCode("a1", "const a = 1;")]),
			"Explain this code\n\nCode from `src/math.ts` (lines 3-5):\n\n```typescript\nconst a = 1;\n```",
		);
	});

	it("keeps the indentation of the words before code", () => {
		const text = textWith("    return a;\n\n", [attachedCode("a1", "const a = 1;")]);
		assert.ok(text.startsWith("    return a;\n\nCode from"));
	});

	it("sends code without words, and several pieces in their order", () => {
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

	it("fences code with more backticks than any run inside it", () => {
		for (let inside = 0; inside <= 9; inside += 1) {
			const text = textWith("", [attachedCode("a1", `a ${"`".repeat(inside)} b`)]);
			const [fence = ""] = /`+(?=typescript\n)/.exec(text) ?? [];
			assert.equal(fence.length, Math.max(3, inside + 1));
			assert.ok(text.endsWith(`\n${fence}`));
		}
	});
});

describe("visiblePart", () => {
	const prompt = buildPrompt(
		system,
		[user("u1", "one"), answer("a1", "1"), user("u2", "two")],
		noCode,
	);

	it("is all of it, marked nowhere, when nothing has to leave", () => {
		assert.deepEqual(visiblePart(prompt, 1), {
			messages: prompt.messages,
			visibleFrom: undefined,
		});
	});

	it("keeps the system message and names the turn it goes on from", () => {
		const { messages, visibleFrom } = visiblePart(prompt, 3);
		assert.deepEqual(
			messages.map(({ text }) => text),
			[system, "two"],
		);
		assert.equal(visibleFrom, "u2");
	});

	it("counts from the first message where there is no system message", () => {
		const bare = buildPrompt("", [user("u1", "one"), answer("a1", "1"), user("u2", "two")], noCode);
		assert.equal(visiblePart(bare, 0).visibleFrom, undefined);
		assert.equal(visiblePart(bare, 2).visibleFrom, "u2");
	});
});
