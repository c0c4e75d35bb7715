import { availableParallelism } from "node:os";
import { recitedWords } from "../../scripts/lib/recitingModel.mjs";
import { BareEngine, type Measured } from "./bareEngine";
import { besideBusyPrograms, processorShare } from "./busyPrograms";
import { EnginesOverOneContext } from "./enginesOverOneContext";
import { median } from "./median";
import { ProductEngine } from "./productEngine";

const system = "You are a helpful assistant.";
/** Of each comparison. */
const rounds = 9;
/** The same for the plain speed, whose single pairs differ by more than the two percent that matter. */
const contextRounds = 24;
/** Holds the longest prompt and its answer. */
const contextTokens = 6400;
const ceilingRounds = 5;
const busyRounds = 7;
/** All cores but one, with which the product also starts. */
const threads = Math.max(1, Math.min(availableParallelism(), 9) - 1);
/** The longest batch in which the product verifies guesses. */
const longestBatch = 16;

/** Tokens per second: medians over the rounds, and the median ratio over the pairs. */
interface Compared {
	readonly tokensPerSecond: number;
	readonly bareTokensPerSecond: number;
	readonly ratio: number;
}

/**
 * Compares the product's tokens per second with those of a bare loop, alternately. Prints one line of JSON.
 *
 * @param model in the shape of a real one; recites words
 */
async function main(model: string): Promise<void> {
	const words = await recitedWords();
	const changed = [...words.slice(0, 60), words[200], ...words.slice(61, 120)].join(" ");
	const misleading = words.slice(0, 120).flatMap((word, index) => [
		word,
		// After each three words that the answer also contains, a word that does not follow them there.
		...(index % 3 === 2 ? [words[130 + index / 3]] : []),
	]);
	const engines = await EnginesOverOneContext.start({ model, threads, contextTokens });
	const contexts: (Compared & { readonly contextTokens: number })[] = [];
	for (const tokens of [1, 1000, 6000]) {
		const answer = { question: unlike(words, tokens), maxTokens: 48 };
		contexts.push({
			contextTokens: tokens,
			...(await compareAnswers(engines, answer, contextRounds)),
		});
	}
	const compareLong = (question: string): Promise<Compared> =>
		compareAnswers(engines, { question, maxTokens: 120 }, rounds);
	const lookup = {
		repeating: await compareLong(`Return this with one name changed: ${changed}`),
		unlike: await compareLong(unlike(words, 120)),
		misleading: await compareLong(misleading.join(" ")),
		ceiling: await measureCeiling(engines),
	};
	await engines.stop();

	const busy = await measureBusy(model, words);
	const figures = { rounds, contextRounds, threads, longestBatch, contexts, lookup, busy };
	process.stdout.write(`${JSON.stringify(figures)}\n`);
	process.exit(0);
}

interface Answer {
	readonly question: string;
	readonly maxTokens: number;
}

async function compareAnswers(
	{ product, bare }: EnginesOverOneContext,
	{ question, maxTokens }: Answer,
	pairs: number,
): Promise<Compared> {
	const products: number[] = [];
	const bares: number[] = [];
	// The first pair evaluates the prompt, which both keep from then on.
	for (let pair = -1; pair < pairs; pair++) {
		const answer = (engine: typeof product | typeof bare): Promise<Measured> =>
			engine.answer(system, question, maxTokens);
		const early = pair % 2 === 0 ? await answer(product) : undefined;
		const theirs = await answer(bare);
		const own = early ?? (await answer(product));
		if (own.text.trim() !== theirs.text.trim()) {
			throw new Error("The answers differ.");
		}
		if (pair >= 0) {
			products.push(rate(own));
			bares.push(rate(theirs));
		}
	}
	return {
		tokensPerSecond: median(products),
		bareTokensPerSecond: median(bares),
		ratio: median(products.map((each, pair) => each / (bares[pair] ?? NaN))),
	};
}

/** Returns how many times faster a batch is than its tokens one by one. */
async function measureCeiling({ bare }: EnginesOverOneContext): Promise<number> {
	const ratios: number[] = [];
	for (let round = 0; round < ceilingRounds; round++) {
		ratios.push((longestBatch * (await bare.batchMs(1))) / (await bare.batchMs(longestBatch)));
	}
	return median(ratios);
}

/** Lets the product choose its threads while the machine becomes busy and idle again. */
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

/** Returns a text of `tokens` tokens that shares no three consecutive ones with the answer. */
function unlike(words: readonly string[], tokens: number): string {
	const reversed = [...words].reverse();
	return Array.from({ length: tokens }, (_, index) => reversed[index % reversed.length]).join(" ");
}

/** The first token arrives before the time starts. */
function rate({ tokens, decodeMs }: Measured): number {
	return ((tokens - 1) / decodeMs) * 1000;
}

void main(process.argv[2] ?? "");
