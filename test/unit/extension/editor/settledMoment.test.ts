import assert from "node:assert/strict";
import { SettledMoment } from "../../../../src/extension/editor/settledMoment";
import { until } from "../../../support/until";

describe("SettledMoment", () => {
	it("is at once where nothing has begun", async () => {
		await new SettledMoment(() => assert.fail("nothing began")).reached;
	});

	it("comes once after a burst, and acts before those who wait for it", async () => {
		const seen: string[] = [];
		const settled = new SettledMoment(() => seen.push("acted"));
		settled.begin();
		settled.begin();
		await settled.reached.then(() => seen.push("reached"));
		assert.deepEqual(seen, ["acted", "reached"]);
	});

	it("comes although something begins over and over", async () => {
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

	it("lets nobody wait after its end, and acts no more", async () => {
		const settled = new SettledMoment(() => assert.fail("it has ended"));
		settled.begin();
		const { reached } = settled;
		settled.dispose();
		await reached;
	});
});
