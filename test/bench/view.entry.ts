import { openViewPage } from "../support/view/viewPage";
import { median } from "./median";
import { badAnswers, mixedAnswer } from "./view/longAnswers";
import { ViewBench } from "./view/viewBench";

const rounds = 5;
/** Single pairs of answers differ by a fifth. */
const conversationRounds = 11;
const mixedTokens = 20_000;
/** As much as the plain renderer can draw in reasonable time. */
const comparedTokens = 2000;
const manyTurns = 1000;

/** Measures the chat view in Chromium. Prints one line of JSON. */
async function main(): Promise<void> {
	const browser = await openViewPage("test/bench/view/viewBenchPage.ts", {
		// Frames follow each other without a pause. Each gets the text that it would get at 60 per second.
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

/** Returns how the cost grows for an answer of twice the length. */
async function measureGrowth(bench: ViewBench): Promise<number> {
	const cpuMs = async (tokens: number): Promise<number> => {
		await bench.open(0);
		return bench.cpuMs(() => bench.stream(mixedAnswer(tokens)));
	};
	const once = await cpuMs(mixedTokens);
	return (await cpuMs(2 * mixedTokens)) / once;
}

/** Compares our renderer with the plain one, alternately. */
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

/** Measures a long chat and an empty one, alternately. */
async function measureConversation(bench: ViewBench) {
	const text = mixedAnswer(1000);
	const opened: number[] = [];
	const ratios: number[] = [];
	const answerIn = async (turns: number): Promise<number> => {
		// A new page, which has no garbage of others to collect.
		await bench.clear();
		const openMs = await bench.open(turns);
		if (turns > 0) {
			opened.push(openMs);
		}
		return bench.cpuMs(() => bench.stream(text));
	};
	for (let round = 0; round < conversationRounds; round += 1) {
		// The order alternates: code that runs later in a round is warmer.
		const early = round % 2 === 0 ? await answerIn(0) : undefined;
		const inMany = await answerIn(manyTurns);
		ratios.push(inMany / (early ?? (await answerIn(0))));
	}
	// The opening does not pay for removing the previous chat either.
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
