import assert from "node:assert/strict";
import {
	restartLimit,
	RestartPolicy,
} from "../../../../../src/extension/inference/restart/restartPolicy";

/** Returns the decision about each crash. */
function decide(crashesAtMs: readonly number[]): string[] {
	let policy = RestartPolicy.fresh;
	return crashesAtMs.map((atMs) => {
		const { decision, next } = policy.afterCrash(atMs);
		policy = next;
		return decision;
	});
}

describe("RestartPolicy", () => {
	it("restarts four times in three minutes, and gives up on the next crash", () => {
		assert.deepEqual(decide([0, 1, 2, 3, 4, 5]), [
			...Array.from({ length: 4 }, () => "restart"),
			"giveUp",
			"giveUp",
		]);
	});

	it("restarts again when a restart is three minutes old", () => {
		const { withinMs } = restartLimit;
		assert.deepEqual(decide([0, 10, 20, 30, withinMs - 1, withinMs, withinMs + 9]).slice(4), [
			"giveUp",
			"restart",
			"giveUp",
		]);
	});

	it("never exceeds the limit, however crashes are spaced", () => {
		let state = 7;
		const crashes = Array.from({ length: 500 }, () => (state = (state * 48_271) % 2_147_483_647))
			.map((number) => number % 3_000_000)
			.sort((a, b) => a - b);
		const restarts = crashes.filter((_, index) => decide(crashes)[index] === "restart");
		for (const [index, atMs] of restarts.entries()) {
			const fifth = restarts[index + restartLimit.restarts];
			assert.ok(fifth === undefined || fifth - atMs >= restartLimit.withinMs);
		}
		assert.ok(restarts.length > 40);
	});

	it("does not exceed the limit if the clock is set back", () => {
		assert.deepEqual(decide([1_000_000, 500, 501, 502, 503]).at(-1), "giveUp");
	});

	it("is immutable: the same crash always gets the same decision", () => {
		const { next } = RestartPolicy.fresh.afterCrash(0);
		assert.equal(next.afterCrash(1).decision, "restart");
		assert.equal(next.afterCrash(1).decision, "restart");
		assert.equal(RestartPolicy.fresh.afterCrash(1).decision, "restart");
	});
});
