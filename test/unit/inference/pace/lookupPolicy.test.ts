import assert from "node:assert/strict";
import { LookupPolicy } from "../../../../src/inference/pace/lookupPolicy";

const tokenMs = 40;
/** As on a processor: a batch of four takes twice as long as a token, one of eight 2.5 times. */
const batchMs = (guessed: number): number => tokenMs * (1.5 + guessed / 7);

/** As on another: one of four takes 2.2 times as long, one of eight 3.9 times. */
const slowBatchMs = (guessed: number): number => tokenMs * (1 + 0.41 * guessed);

/** Plays an answer. @returns how long it took in all, in tokens' time, and how many drafts there were. */
function play(
	policy: LookupPolicy,
	length: number,
	accepted: (at: number, guessed: number) => number,
	batch = batchMs,
): { time: number; drafts: number } {
	let durationMs = 0;
	let drafts = 0;
	let at = 0;
	while (at < length) {
		const guessed = policy.draftTokens;
		const took = guessed > 0 ? batch(guessed) : tokenMs;
		if (guessed > 0) {
			const right = Math.min(guessed, accepted(at, guessed));
			policy.draftVerified(guessed, right, took);
			drafts += 1;
			at += right + 1;
		} else {
			policy.tokenCame(took);
			at += 1;
		}
		durationMs += took;
	}
	return { time: durationMs / tokenMs, drafts };
}

const never = (): number => 0;
const always = (_: number, guessed: number): number => guessed;

describe("DraftPolicy", () => {
	it("guesses nothing until the time per token is known", () => {
		const policy = new LookupPolicy();
		const atFirst = policy.draftTokens;
		policy.tokenCame(tokenMs);
		assert.equal(atFirst, 0);
		assert.ok(policy.draftTokens > 0);
	});

	it("costs less than 3% if every guess is wrong, in answers of any length", () => {
		for (const length of [150, 500, 5000]) {
			const { time } = play(new LookupPolicy(), length, never);
			assert.ok(time < length * 1.03, `${time} for ${length} tokens`);
		}
	});

	it("retries from time to time", () => {
		const { drafts } = play(new LookupPolicy(), 2000, never);
		assert.ok(drafts >= 10, `${drafts} drafts`);
	});

	it("guesses longer while all is right, and gains what long batches give", () => {
		const { time } = play(new LookupPolicy(), 400, always);
		assert.ok(time < 400 / 2.5, `${time}`);
	});

	it("gains time if most guesses are right, despite a changed name here and there", () => {
		const { time } = play(new LookupPolicy(), 400, (at, guessed) =>
			Math.min(guessed, 24 - (at % 25)),
		);
		assert.ok(time < 400 / 1.6, `${time}`);
	});

	it("continues after one entirely wrong draft if many guesses were right before", () => {
		const policy = new LookupPolicy();
		play(policy, 200, always, slowBatchMs);
		policy.draftVerified(policy.draftTokens, 0, slowBatchMs(policy.draftTokens));
		assert.ok(policy.draftTokens > 0);
	});

	it("costs little where all has been right for long and every guess is wrong from then on", () => {
		const policy = new LookupPolicy();
		play(policy, 400, always, slowBatchMs);
		const { time } = play(policy, 500, never, slowBatchMs);
		assert.ok(time < 500 * 1.05, `${time}`);
	});

	it("finds the repetition that comes after a long text without any", () => {
		const policy = new LookupPolicy();
		play(policy, 1000, never);
		const { time } = play(policy, 400, always);
		assert.ok(time < 400 / 2, `${time}`);
	});

	it("leaves it where batches take as long as their tokens, even if all is right", () => {
		const { time } = play(new LookupPolicy(), 1000, always, (guessed) => tokenMs * (guessed + 2));
		assert.ok(time < 1030, `${time}`);
	});

	it("tolerates one very slow batch on a busy machine", () => {
		const policy = new LookupPolicy();
		policy.tokenCame(tokenMs);
		policy.draftVerified(3, 3, 100 * tokenMs);
		assert.equal(policy.draftTokens, 0);
		const { time } = play(policy, 600, always);
		assert.ok(time < 600 / 1.4, `${time}`);
	});

	it("keeps batches short of the time that a stop may take, but for the shortest", () => {
		const policy = new LookupPolicy();
		policy.tokenCame(100);
		for (let round = 0; round < 10; round++) {
			assert.ok(policy.draftTokens > 0 && policy.draftTokens <= 3);
			policy.draftVerified(policy.draftTokens, policy.draftTokens, 350);
		}
	});

	it("never repeats a draft length that took too long", () => {
		const policy = new LookupPolicy();
		policy.tokenCame(100);
		const guessed = Array.from({ length: 10 }, () => {
			const { draftTokens } = policy;
			policy.draftVerified(draftTokens, draftTokens, draftTokens > 3 ? 500 : 300);
			return draftTokens;
		});
		assert.deepEqual(guessed, [3, 7, 3, 3, 3, 3, 3, 3, 3, 3]);
	});
});
