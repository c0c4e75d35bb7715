import os from "node:os";
import { setTimeout } from "node:timers/promises";

const spanMs = 500;
/** Share of all cores' time. An idle VS Code uses less. */
const busyFraction = 0.15;
const quietSpans = 3;
const limitMs = 15_000;

/** Waits until the machine has computed little for a second and a half, at most fifteen seconds. */
export async function quietMachine(): Promise<void> {
	const giveUpAt = Date.now() + limitMs;
	for (let quiet = 0; quiet < quietSpans && Date.now() < giveUpAt;) {
		const before = processorTimes();
		await setTimeout(spanMs);
		const after = processorTimes();
		const busy = 1 - (after.idle - before.idle) / (after.all - before.all);
		quiet = busy < busyFraction ? quiet + 1 : 0;
	}
}

function processorTimes(): { readonly idle: number; readonly all: number } {
	const times = os.cpus().map((processor) => processor.times);
	return {
		idle: times.reduce((sum, { idle }) => sum + idle, 0),
		all: times.reduce(
			(sum, each) => sum + each.user + each.nice + each.sys + each.idle + each.irq,
			0,
		),
	};
}
