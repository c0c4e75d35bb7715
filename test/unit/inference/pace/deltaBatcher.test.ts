import assert from "node:assert/strict";
import { mock } from "node:test";
import { batchIntervalMs, DeltaBatcher } from "../../../../src/inference/pace/deltaBatcher";
import type { TextChannel } from "../../../../src/protocol/chat/chatEvent";

describe("DeltaBatcher", () => {
	let sent: [TextChannel, string][];
	let batcher: DeltaBatcher;

	beforeEach(() => {
		mock.timers.enable({ apis: ["setTimeout"] });
		sent = [];
		batcher = new DeltaBatcher((channel, text) => sent.push([channel, text]));
	});
	afterEach(() => {
		mock.timers.reset();
	});

	it("sends the first piece as soon as the engine has begun with the next token", () => {
		batcher.append("reply", "a");
		assert.deepEqual(sent, []);
		mock.timers.tick(1);
		assert.deepEqual(sent, [["reply", "a"]]);
	});

	it("joins pieces that arrive within 16 ms", () => {
		batcher.append("reply", "a");
		mock.timers.tick(1);
		for (const letter of "bcd") {
			batcher.append("reply", letter);
		}
		mock.timers.tick(batchIntervalMs - 1);
		assert.equal(sent.length, 1);
		mock.timers.tick(1);
		assert.deepEqual(sent, [
			["reply", "a"],
			["reply", "bcd"],
		]);
	});

	it("sends at most one message per 16 ms, whatever the channels", () => {
		for (let index = 0; index < 10; index++) {
			batcher.append(index % 2 === 0 ? "thought" : "reply", String(index));
		}
		mock.timers.tick(1);
		for (let message = 1; message < 10; message++) {
			assert.equal(sent.length, message);
			mock.timers.tick(batchIntervalMs);
		}
		assert.equal(sent.map(([, text]) => text).join(""), "0123456789");
	});

	it("keeps the order of channels and every character, however the text is split", () => {
		let seed = 1;
		const random = (below: number): number => {
			seed = (seed * 16_807) % 2_147_483_647;
			return seed % below;
		};
		let expected = "";
		for (let index = 0; index < 500; index++) {
			const channel = random(5) === 0 ? "thought" : "reply";
			const text = "x".repeat(random(3)) + String(index);
			expected += Array.from(text, (letter) => `${channel[0] ?? ""}${letter}`).join("");
			batcher.append(channel, text);
			mock.timers.tick(random(20));
		}
		batcher.flush();
		const received = sent
			.map(([channel, text]) =>
				Array.from(text, (letter) => `${channel[0] ?? ""}${letter}`).join(""),
			)
			.join("");
		assert.equal(received, expected);
	});

	it("sends everything on flush", () => {
		batcher.append("reply", "a");
		mock.timers.tick(1);
		batcher.append("reply", "b");
		batcher.flush();
		assert.equal(sent.length, 2);
		mock.timers.tick(100);
		assert.equal(sent.length, 2);
	});

	it("sends nothing for an empty piece", () => {
		batcher.append("thought", "");
		batcher.flush();
		assert.deepEqual(sent, []);
	});
});
