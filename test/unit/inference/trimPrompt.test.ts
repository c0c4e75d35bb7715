import assert from "node:assert/strict";
import { answerReserve } from "../../../src/protocol/chat/contextUse";
import { answerLimit, trimPrompt, type ContextSize } from "../../../src/inference/trimPrompt";
import type { Message } from "../../../src/protocol/inference/inference";
import { FailureError } from "../../../src/protocol/failureError";

const system: Message = { role: "system", text: "s" };
/** A prompt of as many tokens as the messages have letters. */
const letters = (messages: readonly Message[]): { tokens: { length: number } } => ({
	tokens: { length: messages.reduce((sum, { text }) => sum + text.length, 0) },
});
const context = (contextTokens: number): ContextSize => {
	return { contextTokens, trainedContextTokens: 8192 };
};

/** `turns` turns of 10 + 10 letters, then a question of 10. */
function conversation(turns: number): Message[] {
	const turn: Message[] = [
		{ role: "user", text: "u".repeat(10) },
		{ role: "assistant", text: "a".repeat(10) },
	];
	return [...Array.from({ length: turns }, () => turn).flat(), turn[0]!];
}

describe("trimPrompt", () => {
	it("keeps a conversation that fits whole", () => {
		const trim = trimPrompt([system, ...conversation(2)], 10, context(100), letters).trim;
		assert.deepEqual(trim, { keptFrom: 1, promptTokens: 51, contextTokens: 100 });
	});

	it("drops as few whole turns as possible, for any context size", () => {
		const messages = [system, ...conversation(20)];
		for (let contextTokens = 40; contextTokens < 500; contextTokens++) {
			const limit = contextTokens - answerReserve(20, contextTokens);
			const { keptFrom, promptTokens } = trimPrompt(
				messages,
				20,
				context(contextTokens),
				letters,
			).trim;
			assert.ok(promptTokens <= limit);
			assert.equal(messages[keptFrom]?.role, "user");
			assert.ok(keptFrom === 1 || promptTokens + 20 > limit, `at ${contextTokens} tokens`);
		}
	});

	it("counts a long conversation only a few times", () => {
		let counted = 0;
		trimPrompt([system, ...conversation(1000)], 20, context(200), (messages) => {
			counted += 1;
			return letters(messages);
		});
		assert.ok(counted <= 12, `${counted} times`);
	});

	it("keeps the turns after one that has no answer", () => {
		const cut: Message[] = [
			{ role: "user", text: "u".repeat(50) },
			{ role: "user", text: "u".repeat(10) },
		];
		assert.equal(trimPrompt([system, ...cut], 10, context(40), letters).trim.keptFrom, 2);
	});

	it("accepts a conversation without a system message", () => {
		assert.equal(trimPrompt(conversation(1), 10, context(100), letters).trim.keptFrom, 0);
		assert.equal(trimPrompt(conversation(3), 10, context(50), letters).trim.keptFrom, 4);
	});

	it("rejects a last message that does not fit, with the token counts", () => {
		const messages = [system, ...conversation(3), { role: "user", text: "x".repeat(90) } as const];
		assert.throws(
			() => trimPrompt(messages, 1000, context(100), letters),
			(error) => {
				assert.ok(error instanceof FailureError);
				assert.deepEqual(error.failure, {
					kind: "messageTooLong",
					tokens: 91,
					limitTokens: 75,
					contextTokens: 100,
					trainedContextTokens: 8192,
				});
				return true;
			},
		);
	});

	it("refuses any message in a context that is smaller than the room of an answer", () => {
		assert.throws(
			() => trimPrompt(conversation(0), 10, context(1), letters),
			(error) =>
				error instanceof FailureError &&
				error.failure.kind === "messageTooLong" &&
				error.failure.limitTokens === 0,
		);
	});
});

describe("trimPrompt with a continued answer", () => {
	const begun = (letters: number): Message => ({ role: "assistant", text: "b".repeat(letters) });

	it("counts the beginning of the answer as part of the last turn, which stays", () => {
		const messages = [system, ...conversation(3), begun(20)];
		const trim = trimPrompt(messages, 10, context(60), letters).trim;
		assert.deepEqual(trim, { keptFrom: 7, promptTokens: 31, contextTokens: 60 });
	});

	it("uses the context to its end if there is no other room", () => {
		const messages = [system, ...conversation(3), begun(87)];
		const trim = trimPrompt(messages, 1000, context(100), letters).trim;
		assert.deepEqual(trim, { keptFrom: 7, promptTokens: 98, contextTokens: 100 });
	});

	it("refuses one that fills the context, with the counts", () => {
		const messages = [system, ...conversation(3), begun(88)];
		assert.throws(
			() => trimPrompt(messages, 1000, context(100), letters),
			(error) => {
				assert.ok(error instanceof FailureError);
				assert.deepEqual(error.failure, {
					kind: "answerTooLong",
					tokens: 99,
					limitTokens: 98,
					contextTokens: 100,
					trainedContextTokens: 8192,
				});
				return true;
			},
		);
	});
});

describe("the room of an answer", () => {
	it("is what was asked for, at most a quarter of the context", () => {
		assert.equal(answerReserve(10, 100), 10);
		assert.equal(answerReserve(2048, 4096), 1024);
	});

	it("is never so small that the library would shift the context", () => {
		assert.equal(answerReserve(1, 4096), 2);
	});

	it("ends with the tokens asked for or with the context, whichever comes first", () => {
		assert.deepEqual(answerLimit(50, 50, 100), { tokens: 50, by: "maxTokens" });
		assert.deepEqual(answerLimit(51, 50, 100), { tokens: 49, by: "contextFull" });
	});
});
