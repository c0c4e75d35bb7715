import assert from "node:assert/strict";
import { ThreadTuner } from "../../../../src/inference/pace/threadTuner";
import { seededRandom } from "../../../support/random";

/** Returns the milliseconds per token with this number of threads. */
type Machine = (threads: number) => number;

let random = seededRandom(0);
/** A tenth more or less, as measured times are. */
const noise = (): number => 0.9 + 0.2 * random();
const shared = (threads: number): number => 60 / threads;
const idle: Machine = (threads) => shared(threads) * noise();
/** As measured with a busy program on each of two cores: threads wait for the one that does not run. */
const busy: Machine = (threads) =>
	threads === 1 ? 85 * (0.7 + 0.6 * random()) : 150 * threads * (0.5 + random());

/** @returns the share of the tokens' time in that with the best number of threads, and how many threads there are. */
function play(
	tuner: ThreadTuner,
	machine: Machine,
	tokens: number,
	best: number,
): { speed: number; threads: number } {
	let bestMs = 0;
	let durationMs = 0;
	for (let count = 0; count < tokens; count++) {
		const took = machine(tuner.threads);
		durationMs += took;
		bestMs += tuner.threads === best ? took : machine(best);
		tuner.tokenCame(took);
	}
	return { speed: bestMs / durationMs, threads: tuner.threads };
}

describe("ThreadTuner", () => {
	beforeEach(() => {
		random = seededRandom(7);
	});

	it("uses an idle core", () => {
		const tuner = new ThreadTuner(1, 2);
		assert.equal(play(tuner, idle, 40, 2).threads, 2);
		assert.ok(play(tuner, idle, 2000, 2).speed > 0.98);
	});

	it("increases to the best number of threads, one at a time, and no further", () => {
		const tuner = new ThreadTuner(1, 8);
		// Four threads saturate the memory.
		const machine: Machine = (threads) => Math.max(60 / threads, 15) * (0.98 + 0.04 * random());
		assert.equal(play(tuner, machine, 120, 4).threads, 4);
		assert.ok(play(tuner, machine, 3000, 4).speed > 0.98);
		assert.equal(tuner.threads, 4);
	});

	it("yields a core to another program within a few tokens", () => {
		const tuner = new ThreadTuner(2, 2);
		play(tuner, idle, 300, 2);
		assert.equal(play(tuner, busy, 12, 1).threads, 1);
	});

	it("keeps on a busy machine what fewer threads give", () => {
		const tuner = new ThreadTuner(2, 2);
		play(tuner, busy, 50, 1);
		const { speed } = play(tuner, busy, 2000, 1);
		assert.ok(speed > 0.95, `${speed}`);
	});

	it("returns to more threads when the machine is idle again", () => {
		for (const busyTokens of [100, 1000, 10_000]) {
			const tuner = new ThreadTuner(2, 2);
			play(tuner, idle, 300, 2);
			play(tuner, busy, busyTokens, 1);
			assert.equal(play(tuner, idle, 200, 2).threads, 2, `after ${busyTokens} tokens`);
		}
	});

	it("never uses more threads than it may, nor fewer than one", () => {
		const tuner = new ThreadTuner(2, 3);
		for (let count = 0; count < 20_000; count++) {
			tuner.tokenCame(random() ** 4 * 500);
			assert.ok(tuner.threads >= 1 && tuner.threads <= 3);
		}
	});

	it("tries nothing if a token takes almost no time", () => {
		const tuner = new ThreadTuner(1, 2);
		for (let count = 0; count < 5000; count++) {
			tuner.tokenCame(random() * 2);
			assert.equal(tuner.threads, 1);
		}
	});

	it("tolerates single slow tokens", () => {
		const tuner = new ThreadTuner(2, 2);
		const { speed } = play(tuner, (threads) => idle(threads) * (random() < 0.01 ? 10 : 1), 3000, 2);
		assert.ok(speed > 0.9, `${speed}`);
		assert.equal(tuner.threads, 2);
	});

	it("releases a core to other programs after the first slow token", () => {
		const tuner = new ThreadTuner(2, 2);
		play(tuner, idle, 300, 2);
		tuner.tokenCame(230, { idleCores: 0, ownCores: 0.9 });
		assert.equal(tuner.threads, 1);
	});

	it("tries a core as soon as it becomes idle", () => {
		const tuner = new ThreadTuner(1, 2);
		tuner.tokenCame(60, { idleCores: 0, ownCores: 0.9 });
		tuner.tokenCame(60, { idleCores: 1, ownCores: 1 });
		assert.equal(tuner.threads, 2);
	});

	it("tries no core while all are busy", () => {
		const tuner = new ThreadTuner(1, 2);
		for (let count = 0; count < 3000; count++) {
			tuner.tokenCame(busy(1), { idleCores: 0.1, ownCores: 0.7 });
			assert.equal(tuner.threads, 1);
		}
	});

	it("keeps the number that is best where the load speaks against it, again and again", () => {
		const tuner = new ThreadTuner(2, 2);
		let durationMs = 0;
		for (let count = 0; count < 2000; count++) {
			const took = idle(tuner.threads);
			durationMs += took;
			const isCrowded = count % 2 === 0;
			tuner.tokenCame(took, { idleCores: 0, ownCores: isCrowded ? 1 : 2 });
		}
		assert.ok((2000 * shared(2)) / durationMs > 0.95);
	});
});
