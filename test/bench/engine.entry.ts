import { createLocalLanguageModel, inferenceModule } from "../support/models/localModelFixture";
import { BareEngine, type Measured } from "./bareEngine";
import { median } from "./median";
import { measureStops } from "./stopTimes";

/** Enough that one slow run does not change the median. */
const rounds = 25;
const system = "You are a helpful assistant.";
/** Long answers. Each leaves the same prefix for the next prompt to reuse. */
const questions = ["Write a long story", "Write a long story about a robot named Zelda"];

/**
 * Compares the whole path of an answer (host, JSON-RPC, process, engine) with a bare loop in this process, with the same
 * model, prompts, and thread, alternately. Prints one line of JSON.
 */
async function main(): Promise<void> {
	const { languageModel } = createLocalLanguageModel(inferenceModule);
	const never = new AbortController().signal;
	const prepareStartedAt = performance.now();
	await languageModel.prepare(never);
	const prepareMs = performance.now() - prepareStartedAt;
	const bare = await BareEngine.start();
	let messages = 0;
	let streamedMs = 0;

	const answerThroughProcess = async (question: string): Promise<Measured> => {
		const startedAt = performance.now();
		let firstAt = 0;
		let text = "";
		const onText = (_channel: unknown, piece: string): void => {
			firstAt ||= performance.now();
			messages += 1;
			text += piece;
		};
		const prompt = [
			{ role: "system", text: system },
			{ role: "user", text: question },
		] as const;
		const options = { maxTokens: 2048, temperature: 0 };
		const { stats } = await languageModel.generate(
			prompt,
			options,
			{ onPrefill: () => undefined, onText },
			never,
		);
		const decodeMs = performance.now() - firstAt;
		streamedMs += decodeMs;
		return { firstTokenMs: firstAt - startedAt, decodeMs, tokens: stats?.answerTokens ?? 0, text };
	};

	const ours: Measured[] = [];
	const theirs: Measured[] = [];
	for (let round = -1; round < rounds; round++) {
		for (const question of questions) {
			// The order alternates, so that neither always finds a warmer machine.
			const bareFirst = round % 2 === 0;
			const early = bareFirst ? await bare.answer(system, question) : undefined;
			const own = await answerThroughProcess(question);
			const other = early ?? (await bare.answer(system, question));
			if (own.text !== other.text) {
				throw new Error(`The answers to “${question}” differ`);
			}
			if (round >= 0) {
				ours.push(own);
				theirs.push(other);
			} else {
				messages = 0;
				streamedMs = 0;
			}
		}
	}
	const stops = await measureStops(languageModel);
	await languageModel.unload();
	const rate = ({ tokens, decodeMs }: Measured): number => (tokens / decodeMs) * 1000;
	const figures = {
		answers: ours.length,
		tokensPerSecond: Math.round(median(ours.map(rate))),
		bareTokensPerSecond: Math.round(median(theirs.map(rate))),
		tokensPerSecondRatio: round3(
			median(ours.map((own, index) => rate(own) / rate(theirs[index] ?? own))),
		),
		firstTokenMs: round3(median(ours.map(({ firstTokenMs }) => firstTokenMs))),
		bareFirstTokenMs: round3(median(theirs.map(({ firstTokenMs }) => firstTokenMs))),
		firstTokenAddedMs: round3(
			median(ours.map((own, index) => own.firstTokenMs - (theirs[index]?.firstTokenMs ?? 0))),
		),
		messagesPerSecond: Math.round((messages / streamedMs) * 1000),
		prepareMs: Math.round(prepareMs),
		stopWhileDecodingMs: stops.whileDecodingMs,
		stopWhilePrefillingMs: stops.whilePrefillingMs,
	};
	process.stdout.write(`${JSON.stringify(figures)}\n`);
	process.exit(0);
}

function round3(value: number): number {
	return Math.round(value * 1000) / 1000;
}

void main();
