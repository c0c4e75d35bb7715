import type { CDPSession, Page } from "playwright-core";
import { VsCodeWindow } from "../e2e/support/vsCodeWindow";
import { knownConversations } from "../e2e/support/knownAnswers";
import { collectGarbage } from "../support/collectGarbage";
import { until } from "../support/until";
import { processesOf, processUse, type ProcessUse } from "../support/processes";

/*
 * Asks the demo model thousands of questions in one window, with a new chat after every twenty. Compares the resources of
 * the three processes after the first hundred with those at the end.
 */

const questions = Number(process.env.QUESTIONS ?? 2_000);
const warmUp = 100;
const chatLength = 20;
/** The allowed growth of memory. */
const growthLimit = 0.1;

interface Use {
	readonly host: ProcessUse;
	/** Measured after a garbage collection, because memory varies by half between two of them. */
	readonly engine: ProcessUse;
	/**
	 * All pages of the window, after a garbage collection. Nodes are those of the documents: Chromium keeps others as long
	 * as a textbox can undo.
	 */
	readonly view: { readonly bytes: number; readonly listeners: number; readonly nodes: number };
}

const asked = knownConversations.filter(
	({ turns, system }) => turns.length === 1 && system === "You are a helpful assistant.",
);

async function useOf(window: VsCodeWindow, cdp: CDPSession, hostPid: number): Promise<Use> {
	await cdp.send("HeapProfiler.collectGarbage");
	const { metrics } = await cdp.send("Performance.getMetrics");
	const metric = (name: string): number => metrics.find((one) => one.name === name)?.value ?? NaN;
	const engine = window.engine();
	const { handles } = processUse(engine);
	await collectGarbage(engine);
	return {
		host: processUse(hostPid),
		engine: { bytes: processUse(engine).bytes, handles },
		view: {
			bytes: metric("JSHeapUsedSize"),
			listeners: metric("JSEventListeners"),
			nodes: await nodesOf(window.page),
		},
	};
}

async function nodesOf(page: Page): Promise<number> {
	const counts = await Promise.all(
		page
			.frames()
			.map((frame) =>
				frame.evaluate(() => document.evaluate("count(//node())", document, null, 1).numberValue),
			),
	);
	return counts.reduce((sum, count) => sum + count, 0);
}

async function soak(window: VsCodeWindow): Promise<{ readonly early: Use; readonly late: Use }> {
	const { chat, page } = window;
	const cdp = await page.context().newCDPSession(page);
	await cdp.send("Performance.enable");
	let hostPid: number | undefined;
	let early: Use | undefined;
	for (let count = 1; count <= questions; count += 1) {
		const { user = "", assistant = "" } = asked[count % asked.length]?.turns[0] ?? {};
		const answer = await chat.ask(user);
		// Only at the start of a chat does the model see nothing but the question.
		if (count % chatLength === 1 && (await chat.copy(answer)) !== assistant) {
			throw new Error(`Question ${String(count)} got another answer than the model gives.`);
		}
		if (count % chatLength === 0) {
			// A notice about the context may contain another such button.
			await chat.button("New Chat").first().click();
			await until("a new chat is shown", async () => (await chat.questions.count()) === 0);
		}
		hostPid ??= processesOf(window.serverPid, "--type=extensionHost")[0];
		if (hostPid === undefined) {
			throw new Error("There is no extension host.");
		}
		if (count === warmUp) {
			early = await useOf(window, cdp, hostPid);
		}
		if (count % warmUp === 0) {
			process.stderr.write(
				`${String(count)} ${JSON.stringify(await useOf(window, cdp, hostPid))}\n`,
			);
		}
	}
	if (!early || hostPid === undefined) {
		throw new Error(`At least ${String(warmUp)} questions are needed.`);
	}
	return { early, late: await useOf(window, cdp, hostPid) };
}

async function run(): Promise<void> {
	const window = await VsCodeWindow.open();
	try {
		const { early, late } = await soak(window);
		const figures: readonly (readonly [string, number, number])[] = [
			["host, bytes", early.host.bytes, late.host.bytes],
			["host, handles", early.host.handles, late.host.handles],
			["engine, bytes", early.engine.bytes, late.engine.bytes],
			["engine, handles", early.engine.handles, late.engine.handles],
			["view, bytes", early.view.bytes, late.view.bytes],
			["view, listeners", early.view.listeners, late.view.listeners],
			["view, nodes", early.view.nodes, late.view.nodes],
		];
		for (const [name, before, after] of figures) {
			const growth = after / before - 1;
			const verdict = growth > growthLimit ? "GREW" : "ok";
			process.stdout.write(
				`${name.padEnd(18)} ${String(before).padStart(12)} ${String(after).padStart(12)} ${(growth * 100).toFixed(1).padStart(7)} %  ${verdict}\n`,
			);
		}
		process.exitCode = figures.some(([, before, after]) => after / before - 1 > growthLimit)
			? 1
			: 0;
	} catch (error) {
		await window.report("soak");
		throw error;
	} finally {
		await window.close();
	}
}

void run();
