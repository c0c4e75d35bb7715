import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import type { Page } from "playwright-core";
import { ChatView } from "../../e2e/support/chatView";
import { besideBusyPrograms } from "../busyPrograms";
import { median } from "../median";

/** Delays of the extension host's event loop over a few seconds, in milliseconds, including the 1 ms of the timer. */
export interface LoopDelays {
	readonly p50Ms: number;
	readonly p99Ms: number;
	readonly maxMs: number;
}

export interface LoopFigures {
	readonly idle: LoopDelays;
	readonly answering: LoopDelays;
	/** Both next to one program per core that never waits. */
	readonly idleBesideBusy: LoopDelays;
	readonly answeringBesideBusy: LoopDelays;
}

const rounds = 5;
const idleMs = 3000;
const question = "Write a long story";

/** Measures a window that has `loopProbe` next to the extension, idle and while the model answers. */
export async function measureLoop(page: Page, probeSocket: string): Promise<LoopFigures> {
	const chat = new ChatView(page, "sideBar");
	await chat.ask(question);
	const idle = (): Promise<unknown> => setTimeout(idleMs);
	const answer = async (): Promise<void> => {
		await chat.clear();
		await chat.ask(question);
	};
	const during = async (work: () => Promise<unknown>): Promise<LoopDelays> => {
		const measured: LoopDelays[] = [];
		while (measured.length < rounds) {
			await delaysSince(probeSocket);
			await work();
			measured.push(await delaysSince(probeSocket));
		}
		return {
			p50Ms: median(measured.map(({ p50Ms }) => p50Ms)),
			p99Ms: median(measured.map(({ p99Ms }) => p99Ms)),
			maxMs: median(measured.map(({ maxMs }) => maxMs)),
		};
	};
	const quiet = { idle: await during(idle), answering: await during(answer) };
	return besideBusyPrograms(async () => ({
		...quiet,
		idleBesideBusy: await during(idle),
		answeringBesideBusy: await during(answer),
	}));
}

/** Returns the delays since the previous request. */
async function delaysSince(socketPath: string): Promise<LoopDelays> {
	const [response] = (await once(request({ socketPath }).end(), "response")) as [IncomingMessage];
	return JSON.parse(await text(response)) as LoopDelays;
}
