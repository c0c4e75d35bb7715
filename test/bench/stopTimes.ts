import type { LanguageModel } from "../../src/extension/inference/languageModel";
import type { Message } from "../../src/protocol/inference/inference";

/** From Stop to the end of the computation, in milliseconds; the longest of all measurements. */
export interface StopTimes {
	readonly whileDecodingMs: number;
	readonly whilePrefillingMs: number;
}

const rounds = 9;
const options = { maxTokens: 2048, temperature: 0 };

/** Stops answers and long prompts of a loaded model as soon as each has started. */
export async function measureStops(languageModel: LanguageModel): Promise<StopTimes> {
	let whileDecodingMs = 0;
	let whilePrefillingMs = 0;
	for (let round = 0; round < rounds; round++) {
		const story = await stopAt(languageModel, "text", "Write a long story");
		whileDecodingMs = Math.max(whileDecodingMs, story);
		// A separate start, so that nothing from the previous round is reused.
		const long = `${round} Say ${"seven green lamps shine ".repeat(300)}`;
		whilePrefillingMs = Math.max(whilePrefillingMs, await stopAt(languageModel, "prefill", long));
	}
	return {
		whileDecodingMs: Math.round(whileDecodingMs),
		whilePrefillingMs: Math.round(whilePrefillingMs),
	};
}

async function stopAt(
	languageModel: LanguageModel,
	phase: "prefill" | "text",
	question: string,
): Promise<number> {
	const stop = new AbortController();
	let stoppedAt: number | undefined;
	const stopIn = (heard: "prefill" | "text"): void => {
		if (heard === phase) {
			stoppedAt ??= performance.now();
			stop.abort();
		}
	};
	const messages: readonly Message[] = [{ role: "user", text: question }];
	await languageModel.generate(
		messages,
		options,
		{
			onPrefill: () => {
				stopIn("prefill");
			},
			onText: () => {
				stopIn("text");
			},
		},
		stop.signal,
	);
	if (stoppedAt === undefined) {
		throw new Error(`There was no ${phase} to stop.`);
	}
	return performance.now() - stoppedAt;
}
