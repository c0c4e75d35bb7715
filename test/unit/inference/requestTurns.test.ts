import assert from "node:assert/strict";
import { RequestTurns } from "../../../src/inference/requestTurns";
import { until } from "../../support/until";

describe("turns of requests", () => {
	it("run requests one at a time, whatever fails", async () => {
		const turns = new RequestTurns(1_000_000, () => Promise.resolve());
		const done: string[] = [];
		const first = turns.run(async () => {
			await Promise.resolve();
			done.push("first");
			throw new Error("no");
		});
		const second = turns.run(() => Promise.resolve(done.push("second")));
		assert.equal(turns.isBusy, true);
		await assert.rejects(first, /no/);
		await second;
		assert.deepEqual(done, ["first", "second"]);
		await turns.settled();
		assert.equal(turns.isBusy, false);
	});

	it("abort background work when a request arrives", async () => {
		let begun = false;
		const turns = new RequestTurns(1, (signal) => {
			begun = true;
			return new Promise((resolve) => {
				signal.addEventListener("abort", () => {
					resolve();
				});
			});
		});
		await turns.run(() => Promise.resolve());
		await until("the quiet moment", () => begun);
		assert.equal(await turns.run(() => Promise.resolve(7)), 7);
	});

	it("run idle work once, and then continue with requests", async () => {
		let quiet = 0;
		const turns = new RequestTurns(1, () => {
			quiet += 1;
			return Promise.reject(new Error("no"));
		});
		await turns.run(() => Promise.resolve());
		await until("the quiet moment", () => quiet === 1);
		assert.equal(await turns.run(() => Promise.resolve(7)), 7);
		await until("the next quiet moment", () => quiet === 2);
		await turns.settled();
	});
});
