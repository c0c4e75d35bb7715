import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createLocalLanguageModel, inferenceModule } from "../support/models/localModelFixture";
import { median } from "./median";

const rounds = 5;
const bareLoad = path.join(process.cwd(), "out/test/bench/bareLoad.entry.cjs");
const never = new AbortController().signal;

/**
 * Loads the model in its argument in new processes, alternately with the extension and with a bare program, and measures
 * how much the host's own memory grows. Prints one line of JSON.
 */
async function main(model: string): Promise<void> {
	const ours: number[] = [];
	const theirs: number[] = [];
	const firstTokens: number[] = [];
	const growths: number[] = [];
	// The first round only warms up the file cache.
	for (let round = -1; round < rounds; round++) {
		const bareMs = await loadBare(model);
		const own = await loadThroughProcess(model);
		if (round >= 0) {
			theirs.push(bareMs);
			ours.push(own.loadMs);
			firstTokens.push(own.firstTokenMs);
			growths.push(own.hostGrowthBytes);
		}
	}
	const figures = {
		loads: rounds,
		loadMs: Math.round(median(ours)),
		bareLoadMs: Math.round(median(theirs)),
		loadRatio: Number(median(ours.map((own, index) => own / (theirs[index] ?? own))).toFixed(3)),
		coldFirstTokenMs: Math.round(median(firstTokens)),
		hostGrowthBytes: Math.max(...growths),
	};
	process.stdout.write(`${JSON.stringify(figures)}\n`);
	process.exit(0);
}

interface OwnLoad {
	readonly loadMs: number;
	/** From the message to the first token, with the model on disk and no process running. */
	readonly firstTokenMs: number;
	readonly hostGrowthBytes: number;
}

async function loadThroughProcess(model: string): Promise<OwnLoad> {
	const { languageModel } = createLocalLanguageModel(inferenceModule, {
		model,
		contextTokens: 512,
	});
	const before = residentBytes();
	const startedAt = performance.now();
	await languageModel.prepare(never);
	const loadMs = performance.now() - startedAt;
	const hostGrowthBytes = residentBytes() - before;
	const firstToken = new AbortController();
	let firstTokenMs = 0;
	await languageModel.generate(
		[{ role: "user", text: "Hello" }],
		{ maxTokens: 16, temperature: 0 },
		{
			onPrefill: () => undefined,
			onText: () => {
				firstTokenMs ||= performance.now() - startedAt;
				firstToken.abort();
			},
		},
		firstToken.signal,
	);
	await languageModel.unload();
	return { loadMs, firstTokenMs, hostGrowthBytes };
}

async function loadBare(model: string): Promise<number> {
	const startedAt = performance.now();
	const child = fork(bareLoad, [model]);
	await once(child, "message");
	const loadMs = performance.now() - startedAt;
	child.kill("SIGKILL");
	await once(child, "exit");
	return loadMs;
}

function residentBytes(): number {
	globalThis.gc?.();
	return process.memoryUsage().rss;
}

void main(process.argv[2] ?? "");
