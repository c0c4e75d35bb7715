import { availableParallelism } from "node:os";
import { recitedWords } from "../../scripts/lib/recitingModel.mjs";
import { BareEngine, type Measured } from "./bareEngine";
import { besideBusyPrograms, processorShare } from "./busyPrograms";
import { EnginesOverOneModel } from "./enginesOverOneModel";
import { median } from "./median";
import { ProductEngine } from "./productEngine";

const system = "You are a helpful assistant.";
/** How often the models are loaded: where a context lands in the machine's memory makes a difference as long as it lasts. */
const loads = 3;
/** Of each comparison, with each load. */
const roundsPerLoad = 3;
/** The same for the plain speed, of which single pairs differ by more than the two per cent that matter. */
const contextRoundsPerLoad = 8;
const busyRounds = 7;
/** All cores but one, as the product begins. */
const threads = Math.max(1, Math.min(availableParallelism(), 9) - 1);
/** The longest batch in which the product verifies guesses. */
const longestBatch = 16;

/** Medians over the rounds; the ratio is that over pairs. In tokens per second. */
interface Compared {
	readonly tokensPerSecond: number;
	readonly bareTokensPerSecond: number;
	readonly ratio: number;
}

/**
 * Compares the product's tokens per second with a bare loop's, by turns, on models that recite words. Prints one line
 * of JSON.
 *
 * @param model in the shape of a real one
 * @param smallModel with a part of the layers, for the longest context
 */
async function main(model: string, smallModel: string): Promise<void> {
	const words = await recitedWords();
	const changed = [...words.slice(0, 60), words[200], ...words.slice(61, 120)].join(" ");
	const misleading = words.slice(0, 120).flatMap((word, index) => [
		word,
		// After each three words that the answer has too, another than there.
		...(index % 3 === 2 ? [words[130 + index / 3]] : []),
	]);
	const pairs = new Map<string, Pair[]>();
	const batchRatios: number[] = [];
	for (let load = 0; load < loads; load++) {
		const engines = await EnginesOverOneModel.start({ model, threads, contextTokens: 2048 });
		const compare = async (name: string, answer: Answer, rounds = roundsPerLoad): Promise<void> => {
			const more = await compareAnswers(engines, answer, rounds);
			pairs.set(name, [...(pairs.get(name) ?? []), ...more]);
		};
		const short = (tokens: number): Answer => ({ question: unlike(words, tokens), maxTokens: 48 });
		await compare("1", short(1), contextRoundsPerLoad);
		await compare("1000", short(1000), contextRoundsPerLoad);
		await compare("repeating", {
			question: `Return this with one name changed: ${changed}`,
			maxTokens: 120,
		});
		await compare("unlike", { question: unlike(words, 120), maxTokens: 120 });
		await compare("misleading", { question: misleading.join(" "), maxTokens: 120 });
		batchRatios.push(
			(longestBatch * (await engines.bare.batchMs(1))) / (await engines.bare.batchMs(longestBatch)),
		);
		await engines.stop();

		const small = await EnginesOverOneModel.start({
			model: smallModel,
			threads,
			contextTokens: 6400,
		});
		const more = await compareAnswers(small, short(6000), contextRoundsPerLoad);
		pairs.set("6000", [...(pairs.get("6000") ?? []), ...more]);
		await small.stop();
	}
	const compared = (name: string): Compared => comparisonOf(pairs.get(name) ?? []);
	const contexts = [1, 1000, 6000].map((contextTokens) => ({
		contextTokens,
		...compared(String(contextTokens)),
	}));
	const lookup = {
		repeating: compared("repeating"),
		unlike: compared("unlike"),
		misleading: compared("misleading"),
		ceiling: median(batchRatios),
	};

	const busy = await measureBusy(model, words);
	const figures = {
		loads,
		rounds: loads * roundsPerLoad,
		contextRounds: loads * contextRoundsPerLoad,
		threads,
		longestBatch,
		contexts,
		lookup,
		busy,
	};
	process.stdout.write(`${JSON.stringify(figures)}\n`);
	process.exit(0);
}

/** Tokens per second of the same answer. */
interface Pair {
	readonly product: number;
	readonly bare: number;
}

interface Answer {
	readonly question: string;
	readonly maxTokens: number;
}

async function compareAnswers(
	{ product, bare }: EnginesOverOneModel,
	{ question, maxTokens }: Answer,
	rounds: number,
): Promise<readonly Pair[]> {
	const pairs: Pair[] = [];
	// The first round reads the prompt, which both hold from then on.
	for (let round = -1; round < rounds; round++) {
		const answer = (engine: typeof product | typeof bare): Promise<Measured> =>
			engine.answer(system, question, maxTokens);
		const early = round % 2 === 0 ? await answer(product) : undefined;
		const theirs = await answer(bare);
		const own = early ?? (await answer(product));
		if (own.text.trim() !== theirs.text.trim()) {
			throw new Error("The answers differ.");
		}
		if (round >= 0) {
			pairs.push({ product: rate(own), bare: rate(theirs) });
		}
	}
	return pairs;
}

function comparisonOf(pairs: readonly Pair[]): Compared {
	return {
		tokensPerSecond: median(pairs.map(({ product }) => product)),
		bareTokensPerSecond: median(pairs.map(({ bare }) => bare)),
		ratio: median(pairs.map(({ product, bare }) => product / bare)),
	};
}

/** The product chooses its threads, and goes on while the machine gets busy and idle again. */
async function measureBusy(model: string, words: readonly string[]) {
	const question = unlike(words, 20);
	const cores = Math.min(availableParallelism(), 8);
	const bare = await BareEngine.start({ model, threads: cores, contextTokens: 1024 });
	const bareRates = new Map<number, number[]>();
	const product = await ProductEngine.start({ model, threads: 0, contextTokens: 1024 });
	const initialThreads = await product.threads();
	const idle: number[] = [];
	const busy: number[] = [];
	const bareBusy: number[] = [];
	const shares: number[] = [];
	const idleThreads: number[] = [];
	const busyThreads: number[] = [];
	await product.answer(system, question, 120);
	for (let round = 0; round < busyRounds; round++) {
		for (const count of new Set([1, Math.max(1, cores - 1), cores])) {
			bare.useThreads(count);
			const measured = rate(await bare.answer(system, question, 60));
			bareRates.set(count, [...(bareRates.get(count) ?? []), measured]);
		}
		idle.push(rate(await product.answer(system, question, 120)));
		idleThreads.push(await product.threads());
		await besideBusyPrograms(async () => {
			busy.push(rate(await product.answer(system, question, 120)));
			busyThreads.push(await product.threads());
			bare.useThreads(1);
			bareBusy.push(rate(await bare.answer(system, question, 60)));
			shares.push(await processorShare());
		});
	}
	await product.stop();
	await bare.stop();
	const [best = 0] = [...bareRates.values()].map(median).sort((a, b) => b - a);
	return {
		bareRates: [...bareRates].map(([count, rates]) => ({
			threads: count,
			tokensPerSecond: median(rates),
		})),
		idleTokensPerSecond: median(idle),
		busyTokensPerSecond: median(busy),
		busyShare: median(busy) / best,
		bareBusyTokensPerSecond: median(bareBusy),
		ratio: median(busy.map((each, round) => each / (bareBusy[round] ?? NaN))),
		processorShare: median(shares),
		initialThreads,
		idleThreads,
		busyThreads,
	};
}

/** @returns a text of so many tokens in which no three stand together that do so in the answer. */
function unlike(words: readonly string[], tokens: number): string {
	const reversed = [...words].reverse();
	return Array.from({ length: tokens }, (_, index) => reversed[index % reversed.length]).join(" ");
}

/** The first token is there when the time begins. */
function rate({ tokens, decodeMs }: Measured): number {
	return ((tokens - 1) / decodeMs) * 1000;
}

void main(process.argv[2] ?? "", process.argv[3] ?? "");
