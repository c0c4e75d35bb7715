import assert from "node:assert/strict";
import { CoreLoadMeter, type CoreTimes } from "../../../../src/inference/pace/coreLoad";

const start: CoreTimes = { nowMs: 1000, idleMs: 50_000, ownMs: 700 };

/** @returns a meter, and what lets time pass for the system that it reads. */
function meter(): { cores: CoreLoadMeter; pass: (times: CoreTimes) => void } {
	let times = start;
	const cores = new CoreLoadMeter(() => times);
	const pass = ({ nowMs, idleMs, ownMs }: CoreTimes): void => {
		times = {
			nowMs: times.nowMs + nowMs,
			idleMs: times.idleMs + idleMs,
			ownMs: times.ownMs + ownMs,
		};
	};
	return { cores, pass };
}

describe("CoreLoadMeter", () => {
	it("reports the idle cores and those used by this process since the last report", () => {
		const { cores, pass } = meter();
		pass({ nowMs: 200, idleMs: 200, ownMs: 200 });
		assert.deepEqual(cores.look(1200), { idleCores: 1, ownCores: 1 });
		pass({ nowMs: 400, idleMs: 0, ownMs: 300 });
		assert.deepEqual(cores.look(1600), { idleCores: 0, ownCores: 0.75 });
	});

	it("waits until the interval is long enough", () => {
		const { cores, pass } = meter();
		pass({ nowMs: 100, idleMs: 200, ownMs: 0 });
		assert.equal(cores.look(1100), undefined);
		pass({ nowMs: 100, idleMs: 0, ownMs: 100 });
		assert.deepEqual(cores.look(1200), { idleCores: 1, ownCores: 0.5 });
	});

	it("ignores the time before a restart, and times long past", () => {
		const { cores, pass } = meter();
		pass({ nowMs: 1000, idleMs: 2000, ownMs: 0 });
		cores.restart();
		pass({ nowMs: 200, idleMs: 0, ownMs: 100 });
		assert.deepEqual(cores.look(2200), { idleCores: 0, ownCores: 0.5 });
		pass({ nowMs: 5000, idleMs: 10_000, ownMs: 0 });
		assert.equal(cores.look(7200), undefined);
	});

	it("reports nothing if the system does not count", () => {
		const cores = new CoreLoadMeter(() => ({ nowMs: 1000, idleMs: 0, ownMs: 0 }));
		assert.equal(cores.look(3000), undefined);
	});

	it("reads the times of the system that it runs on", () => {
		const cores = new CoreLoadMeter();
		const load = cores.look(performance.now() + 1000);
		assert.ok(load === undefined || load.ownCores >= 0);
	});
});
