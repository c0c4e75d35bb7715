import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { systemClock } from "../../src/extension/base/clock";
import type { AnswerStats } from "../../src/protocol/chat/chat";
import { settingsState } from "../support/view/chatStates";
import { ChatWindow } from "../support/chats/chatWindow";
import { createLocalLanguageModel, inferenceModule } from "../support/models/localModelFixture";
import { MemoryChatLibrary } from "../support/chats/memoryChatLibrary";
import { attachedCode } from "../support/chats/sessionHarness";
import { median } from "./median";

const rounds = 5;
/** About two hundred lines of code. */
const attachedTokens = 1500;
/** On machines that take longer than this to evaluate that many tokens, less code is attached. */
const longestColdMs = 30_000;
const options = { maxTokens: 1, temperature: 0 };
const never = new AbortController().signal;

const { languageModel, log } = createLocalLanguageModel(inferenceModule, {
	model: process.argv[2] ?? "",
	contextTokens: 4096,
	threads: 0,
});

/**
 * Sends a message with attached code to the model in its argument, alternately at once and two prefill times after
 * attaching the code. Measures from Send to the end of an answer of one token. Prints one line of JSON.
 */
async function main(): Promise<void> {
	await languageModel.prepare(never);
	const code = await chooseCode();
	const cold: Measured[] = [];
	const ahead: Measured[] = [];
	for (let round = 0; round < rounds; round++) {
		const coldly = await send(code, 0);
		cold.push(coldly);
		ahead.push(await send(code, 2 * coldly.firstTokenMs));
	}
	await languageModel.unload();
	const ratios = ahead.map(({ firstTokenMs }, round) => {
		return firstTokenMs / (cold[round]?.firstTokenMs ?? NaN);
	});
	const times = (measured: readonly Measured[]): number[] =>
		measured.map(({ firstTokenMs }) => firstTokenMs);
	const figures = {
		rounds,
		promptTokens: cold[0]?.stats.promptTokens ?? 0,
		coldMs: Math.round(median(times(cold))),
		readAheadMs: Math.round(median(times(ahead))),
		evaluatedTokens: median(ahead.map(({ stats }) => stats.evaluatedTokens)),
		ratio: Number(median(ratios).toFixed(3)),
		largestRatio: Number(Math.max(...ratios).toFixed(3)),
	};
	process.stdout.write(`${JSON.stringify(figures)}\n`);
	process.exit(0);
}

interface Measured {
	readonly firstTokenMs: number;
	readonly stats: AnswerStats;
}

/** Attaches code, types after half of the time, and sends after all of it. */
async function send(code: string, waitMs: number): Promise<Measured> {
	await forget();
	const chat = await ChatWindow.open({
		languageModel,
		library: new MemoryChatLibrary(),
		settings: settingsState(options),
		clock: systemClock,
		log,
	});
	chat.attachments.add([attachedCode("code", code)]);
	await setTimeout(waitMs / 2);
	chat.readAhead.draftTyped("What does this function");
	await setTimeout(waitMs / 2);
	const startedAt = performance.now();
	chat.session.submit(randomUUID(), "What does this function return?");
	await chat.session.whenSettled;
	const firstTokenMs = performance.now() - startedAt;
	chat.readAhead.dispose();
	chat.session.dispose();
	const state = chat.store.state.turns.at(-1);
	if (state?.role !== "assistant" || state.state.kind !== "ended") {
		throw new Error("There was no answer.");
	}
	const { outcome } = state.state;
	if (outcome.kind !== "maxTokens" && outcome.kind !== "complete") {
		throw new Error(`The answer ended as ${outcome.kind}.`);
	}
	if (!outcome.stats) {
		throw new Error("The answer was not measured.");
	}
	return { firstTokenMs, stats: outcome.stats };
}

/** Removes the conversation from the context. */
async function forget(): Promise<void> {
	await read("x");
}

/** Returns the duration of the evaluation, and the number of tokens in the prompt. */
async function read(text: string): Promise<{ readonly ms: number; readonly tokens: number }> {
	const startedAt = performance.now();
	const messages = [{ role: "user", text }] as const;
	const listener = { onPrefill: () => undefined, onText: () => undefined };
	const { stats } = await languageModel.generate(messages, options, listener, never);
	return { ms: performance.now() - startedAt, tokens: stats?.promptTokens ?? 0 };
}

/** Returns the code to attach, as much as the speed measured on a few lines allows. */
async function chooseCode(): Promise<string> {
	await forget();
	const lines = 20;
	const sample = await read(codeOf(lines));
	const tokens = Math.min(attachedTokens, (longestColdMs / sample.ms) * sample.tokens);
	return codeOf(Math.round((lines * tokens) / sample.tokens));
}

function codeOf(lines: number): string {
	const line = (index: number): string => `\tconst value${index} = compute(${index * 7}, "n");`;
	return ["function all() {", ...Array.from({ length: lines }, (_, index) => line(index))].join(
		"\n",
	);
}

void main();
