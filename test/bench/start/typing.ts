import { setTimeout } from "node:timers/promises";
import type { Page } from "playwright-core";
import { ChatView } from "../../e2e/support/chatView";
import { until } from "../../support/until";
import { median } from "../median";

/** The number of key presses, and the time from each one to the meter's next figure. */
export interface TypingFigures {
	readonly keys: number;
	readonly meterMs: number;
	readonly meterP95Ms: number;
	/** While an answer was being generated. */
	readonly busyMeterMs: number;
	readonly busyMeterP95Ms: number;
	readonly tokensPerSecond: number;
	/** Of answers during which a key was pressed ten times a second. */
	readonly typedTokensPerSecond: number;
	/** The median over the pairs. */
	readonly typedRatio: number;
}

/** Set in the frame of the chat. */
interface Watched {
	meterMs?: number[];
}

/** Each adds one token to the demo model's count. */
const key = "?";
const keys = 50;
const keyIntervalMs = 100;
const question = "Write a long story";

/** Types into a chat whose model is loaded. */
export async function measureTyping(page: Page): Promise<TypingFigures> {
	const chat = new ChatView(page, "sideBar");
	await chat.ask(question);
	await until("the context is counted", async () => (await chat.contextMeter.count()) > 0);
	await watchMeter(chat);
	await chat.messageBox.press(key);
	await until("the first key is counted", async () => (await seen(chat)).length > 0);

	const idleFrom = (await seen(chat)).length;
	for (let pressed = 0; pressed < keys; pressed++) {
		await chat.messageBox.press(key);
		await setTimeout(keyIntervalMs);
	}
	const idle = (await seen(chat)).slice(idleFrom);

	const plain: number[] = [];
	const typed: number[] = [];
	const busyFrom = (await seen(chat)).length;
	while ((await seen(chat)).length - busyFrom < keys) {
		plain.push(await answerSpeed(chat, false));
		typed.push(await answerSpeed(chat, true));
	}
	const busy = (await seen(chat)).slice(busyFrom);
	return {
		keys,
		meterMs: median(idle),
		meterP95Ms: percentile(idle, 0.95),
		busyMeterMs: median(busy),
		busyMeterP95Ms: percentile(busy, 0.95),
		tokensPerSecond: median(plain),
		typedTokensPerSecond: median(typed),
		typedRatio: median(typed.map((speed, index) => speed / (plain[index] ?? NaN))),
	};
}

/** Returns the tokens per second that the foot of the answer shows. */
async function answerSpeed(chat: ChatView, isTyped: boolean): Promise<number> {
	await chat.clear();
	await chat.send(question);
	await until("the answer is on the way", async () => (await chat.answers.count()) > 0);
	while (isTyped && (await chat.isBusy())) {
		await chat.messageBox.press(key);
		await setTimeout(keyIntervalMs);
	}
	await chat.answerEnded();
	const foot = await until("the answer's foot is there", async () =>
		/([\d,.]+) tokens\/s/.exec(await chat.lastAnswer.innerText()),
	);
	return Number(foot[1]?.replaceAll(",", ""));
}

/** Records the time from a key to the meter's next figure. Keys in between belong to the same figure. */
async function watchMeter(chat: ChatView): Promise<void> {
	await chat.messageBox.evaluate((box, watchedKey) => {
		const watched = globalThis as Watched;
		const meterMs: number[] = [];
		watched.meterMs = meterMs;
		let pressedAt: number | undefined;
		box.addEventListener("keydown", (event) => {
			if ((event as KeyboardEvent).key === watchedKey) {
				pressedAt ??= performance.now();
			}
		});
		new MutationObserver((changes) => {
			const isMeter = changes.some(
				({ target }) => target instanceof Element && target.closest("context-meter"),
			);
			if (isMeter && pressedAt !== undefined) {
				meterMs.push(performance.now() - pressedAt);
				pressedAt = undefined;
			}
		}).observe(document.body, { subtree: true, attributeFilter: ["aria-label"] });
	}, key);
}

async function seen(chat: ChatView): Promise<readonly number[]> {
	return chat.messageBox.evaluate(() => (globalThis as Watched).meterMs ?? []);
}

function percentile(values: readonly number[], fraction: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))] ?? NaN;
}
