import { openViewPage } from "../support/viewPage";
import { median } from "./median";
import type { FrameCosts } from "./view/frameTrace";
import { badAnswers, mixedAnswer } from "./view/longAnswers";
import { ViewBench } from "./view/viewBench";

const rounds = 5;
const mixedTokens = 20_000;
/** As long as the plain way can draw in a while. */
const comparedTokens = 2000;
const manyTurns = 1000;

/** Measures the chat view in Chromium. Prints one line of JSON. */
async function main(): Promise<void> {
	const browser = await openViewPage("test/bench/view/viewBenchPage.ts", [
		// Frames come as fast as they are drawn; each gets the text that it would get at 60 in a second.
		"--disable-frame-rate-limit",
		"--disable-gpu-vsync",
	]);
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
		growth: await measureGrowth(bench, answers[0]?.totalCpuMs ?? NaN),
		plain: await comparePlain(bench),
		conversation: await measureConversation(bench),
	};
	process.stdout.write(`${JSON.stringify(figures)}\n`);
	await browser.close();
	process.exit(0);
}

/** What an answer of twice the length costs. */
async function measureGrowth(bench: ViewBench, totalCpuMs: number): Promise<number> {
	const twice = await bench.streamed(mixedAnswer(2 * mixedTokens));
	return twice.totalCpuMs / totalCpuMs;
}

/** Ours and the plain way, by turns. */
async function comparePlain(bench: ViewBench) {
	const text = mixedAnswer(comparedTokens);
	const ours: FrameCosts[] = [];
	const plain: FrameCosts[] = [];
	for (let round = 0; round < rounds; round += 1) {
		ours.push(await bench.streamed(text));
		plain.push(await bench.renderedAgain(text));
	}
	return {
		tokens: comparedTokens,
		p95FrameMs: median(ours.map(({ p95FrameMs }) => p95FrameMs)),
		plainP95FrameMs: median(plain.map(({ p95FrameMs }) => p95FrameMs)),
		totalRatio: median(
			ours.map(({ totalCpuMs }, index) => totalCpuMs / (plain[index]?.totalCpuMs ?? NaN)),
		),
	};
}

/** A long conversation, and an empty one by turns. */
async function measureConversation(bench: ViewBench) {
	const text = mixedAnswer(1000);
	const opened: number[] = [];
	const ratios: number[] = [];
	for (let round = 0; round < rounds; round += 1) {
		await bench.open(0);
		const inEmpty = await bench.traced(() => bench.stream(text));
		opened.push(await bench.open(manyTurns));
		const inLong = await bench.traced(() => bench.stream(text));
		ratios.push(inLong.totalCpuMs / inEmpty.totalCpuMs);
	}
	const opening = await bench.traced(() => bench.open(manyTurns));
	const scrolling = await bench.traced(() => bench.scrollThrough());
	return {
		turns: manyTurns,
		openMs: median(opened),
		longestOpeningTaskMs: opening.longestTaskMs,
		scrolledFrames: scrolling.frames,
		p95ScrolledFrameMs: scrolling.p95WholeFrameMs,
		answerRatio: median(ratios),
	};
}

void main();
