import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Message } from "../../src/protocol/inference/inference";
import { createLocalLanguageModel, inferenceModule } from "../support/models/localModelFixture";
import { median } from "./median";

const [model = ""] = process.argv.slice(2);
const rounds = 5;
const promptTokens = 4000;
const never = new AbortController().signal;
/** Has the same number of tokens in every model's vocabulary, spaces included. */
const sentence = "seven green lamps shine over the harbour ";

/**
 * Asks about a long conversation in a new process, ends it, and continues in another one from the saved entry. Times start
 * at the fork and include loading the model. Prints one line of JSON.
 */
async function main(): Promise<void> {
	const measured: Round[] = [];
	for (let round = 0; round < rounds; round += 1) {
		measured.push(await measure(round));
	}
	const all = (figure: (round: Round) => number): number =>
		Math.round(median(measured.map(figure)));
	const figures = {
		rounds: measured.length,
		promptTokens: all(({ cold }) => cold.promptTokens),
		coldFirstTokenMs: all(({ cold }) => cold.firstTokenMs),
		resumedFirstTokenMs: all(({ resumed }) => resumed.firstTokenMs),
		resumedEvaluatedTokens: all(({ resumed }) => resumed.evaluatedTokens),
		resumedRatio: Number(
			median(measured.map(({ cold, resumed }) => resumed.firstTokenMs / cold.firstTokenMs)).toFixed(
				3,
			),
		),
		saveMs: all(({ cold }) => cold.stateMs),
		loadMs: all(({ resumed }) => resumed.stateMs),
		stateBytes: all(({ stateBytes }) => stateBytes),
	};
	process.stdout.write(`${JSON.stringify(figures)}\n`);
	process.exit(0);
}

interface Round {
	readonly cold: Opened;
	readonly resumed: Opened;
	readonly stateBytes: number;
}

async function measure(round: number): Promise<Round> {
	const folder = await mkdtemp(path.join(os.tmpdir(), "local-llm-bench-"));
	try {
		const question = await longQuestion(round);
		const cold = await firstToken(folder, [{ role: "user", text: question }]);
		const states = (await readdir(folder)).filter((name) => name.endsWith(".state"));
		const sizes = await Promise.all(
			states.map(async (name) => (await stat(path.join(folder, name))).size),
		);
		const resumed = await firstToken(folder, [
			{ role: "user", text: question },
			{ role: "assistant", text: cold.text },
			{ role: "user", text: "Go on." },
		]);
		return { cold, resumed, stateBytes: Math.max(...sizes) };
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

interface Opened {
	readonly text: string;
	readonly promptTokens: number;
	readonly evaluatedTokens: number;
	readonly firstTokenMs: number;
	/** Time to save or load the entry, from the log of the process. */
	readonly stateMs: number;
}

/** Opens a conversation in a new process, which ends after the first token. */
async function firstToken(folder: string, messages: readonly Message[]): Promise<Opened> {
	const { languageModel, log } = createLocalLanguageModel(
		inferenceModule,
		{ model, contextTokens: promptTokens + 512, threads: 0 },
		{ promptCacheFolder: folder },
	);
	const startedAt = performance.now();
	await languageModel.prepare(never);
	const stop = new AbortController();
	let firstTokenMs = 0;
	let text = "";
	const { stats } = await languageModel.generate(
		messages,
		{ maxTokens: 16, temperature: 0 },
		{
			onPrefill: () => undefined,
			onText: (_channel, piece) => {
				firstTokenMs ||= performance.now() - startedAt;
				text += piece;
				stop.abort();
			},
		},
		stop.signal,
	);
	await languageModel.unload();
	const [, stateMs = ""] =
		/(?:loaded|saved) the state .* in (\d+) ms/.exec(log.lines.join("\n")) ?? [];
	if (!stats || stateMs === "") {
		throw new Error(`Nothing was measured:\n${log.lines.join("\n")}`);
	}
	const { promptTokens: prompt, evaluatedTokens } = stats;
	return { text, promptTokens: prompt, evaluatedTokens, firstTokenMs, stateMs: Number(stateMs) };
}

/** Returns a question of about `tokens` tokens, which differs in each round. */
async function longQuestion(round: number): Promise<string> {
	const { languageModel } = createLocalLanguageModel(inferenceModule, {
		model,
		contextTokens: 2048,
	});
	await languageModel.prepare(never);
	const counts = await languageModel.countTokens(
		[[{ role: "user", text: sentence.repeat(20) }]],
		{},
		never,
	);
	await languageModel.unload();
	const tokensPerSentence = (counts?.[0] ?? NaN) / 20;
	return `${round} ${sentence.repeat(Math.floor(promptTokens / tokensPerSentence))}`;
}

void main();
