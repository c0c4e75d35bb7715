import assert from "node:assert/strict";
import { SettledMoment } from "../../../../src/extension/editor/settledMoment";
import { until } from "../../../support/until";

describe("SettledMoment", () => {
	it("settles at once if no event has begun", async () => {
		await new SettledMoment(() => assert.fail("nothing began")).reached;
	});

	it("acts once after a burst, before the promise settles", async () => {
		const seen: string[] = [];
		const settled = new SettledMoment(() => seen.push("acted"));
		settled.begin();
		settled.begin();
		await settled.reached.then(() => seen.push("reached"));
		assert.deepEqual(seen, ["acted", "reached"]);
	});

	it("settles although events keep coming", async () => {
		let acted = false;
		const settled = new SettledMoment(() => {
			acted = true;
		});
		await until("it has acted", () => {
			settled.begin();
			return acted;
		});
		settled.dispose();
	});

	it("settles when disposed, and never acts again", async () => {
		const settled = new SettledMoment(() => assert.fail("it has ended"));
		settled.begin();
		const { reached } = settled;
		settled.dispose();
		await reached;
	});
});
