import { openViewPage } from "../support/view/viewPage";
import { median } from "./median";
import { badAnswers, mixedAnswer } from "./view/longAnswers";
import { ViewBench } from "./view/viewBench";

const rounds = 5;
/** Single pairs of answers differ by a fifth. */
const conversationRounds = 11;
const mixedTokens = 20_000;
/** As long as the plain way can draw in a while. */
const comparedTokens = 2000;
const manyTurns = 1000;

/** Measures the chat view in Chromium. Prints one line of JSON. */
async function main(): Promise<void> {
	const browser = await openViewPage("test/bench/view/viewBenchPage.ts", {
		// Frames come as fast as they are drawn; each gets the text that it would get at 60 in a second.
		browserArguments: ["--disable-frame-rate-limit", "--disable-gpu-vsync"],
	});
	const bench = await ViewBench.on(browser);
	const answers = [];
	const texts = {
		[`${mixedTokens.toLocaleString("en-US")} tokens of all kinds`]: mixedAnswer(mixedTokens),
		...badAnswers,
	};
	for (const [name, text] of Object.entries(texts)) {
		const costs = await bench.streamed(text);
		answers.push({ name, ...costs, memoryRatio: await bench.memoryRatio(text) });
	}
	const figures = {
		rounds,
		answers,
		growth: await measureGrowth(bench),
		plain: await comparePlain(bench),
		conversation: await measureConversation(bench),
	};
	process.stdout.write(`${JSON.stringify(figures)}\n`);
	await browser.close();
	process.exit(0);
}

/** What an answer of twice the length costs. */
async function measureGrowth(bench: ViewBench): Promise<number> {
	const cpuMs = async (tokens: number): Promise<number> => {
		await bench.open(0);
		return bench.cpuMs(() => bench.stream(mixedAnswer(tokens)));
	};
	const once = await cpuMs(mixedTokens);
	return (await cpuMs(2 * mixedTokens)) / once;
}

/** Ours and the plain way, by turns. */
async function comparePlain(bench: ViewBench) {
	const text = mixedAnswer(comparedTokens);
	const ratios: number[] = [];
	for (let round = 0; round < rounds; round += 1) {
		await bench.open(0);
		const ours = await bench.cpuMs(() => bench.stream(text));
		await bench.clear();
		ratios.push(ours / (await bench.cpuMs(() => bench.renderAgain(text))));
	}
	const { p95FrameMs } = await bench.streamed(text);
	await bench.clear();
	const plain = await bench.traced(() => bench.renderAgain(text));
	return {
		tokens: comparedTokens,
		p95FrameMs,
		plainP95FrameMs: plain.p95FrameMs,
		totalRatio: median(ratios),
	};
}

/** A long conversation, and an empty one by turns. */
async function measureConversation(bench: ViewBench) {
	const text = mixedAnswer(1000);
	const opened: number[] = [];
	const ratios: number[] = [];
	const answerIn = async (turns: number): Promise<number> => {
		// In a fresh page: it pays for nothing that was left to collect.
		await bench.clear();
		const openMs = await bench.open(turns);
		if (turns > 0) {
			opened.push(openMs);
		}
		return bench.cpuMs(() => bench.stream(text));
	};
	for (let round = 0; round < conversationRounds; round += 1) {
		// By turns the one and the other first: what comes later in a round is drawn by warmer code.
		const early = round % 2 === 0 ? await answerIn(0) : undefined;
		const inMany = await answerIn(manyTurns);
		ratios.push(inMany / (early ?? (await answerIn(0))));
	}
	// Nor does the opening pay for taking away the conversation before.
	await bench.open(0);
	const opening = await bench.traced(() => bench.open(manyTurns));
	const scrolling = await bench.traced(() => bench.scrollThrough());
	return {
		turns: manyTurns,
		rounds: conversationRounds,
		openMs: median(opened),
		longestOpeningTaskMs: opening.longestTaskMs,
		scrolledFrames: scrolling.frames,
		p95ScrolledFrameMs: scrolling.p95WholeFrameMs,
		answerRatio: median(ratios),
	};
}

void main();
