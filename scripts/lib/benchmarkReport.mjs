import { ms, percent, table } from "./benchmarkSection.mjs";

/**
 * @param {import("./benchmarks.mjs").EngineFigures} figures
 * @returns {string} Markdown
 */
export function answersReport(figures) {
	return `The extension and a bare loop over node-llama-cpp answer the same prompts with the demo model of the tests, alternately, ${figures.answers}
times each. The values are medians; what the extension adds or keeps is the median over the pairs.

${table(
	["Figure", "Value"],
	[
		["Process start and model loading", ms(figures.prepareMs)],
		["From message to first token", ms(figures.firstTokenMs)],
		["… in the bare loop", ms(figures.bareFirstTokenMs)],
		["… added by the extension", ms(figures.firstTokenAddedMs)],
		["Tokens per second", String(figures.tokensPerSecond)],
		["… in the bare loop", String(figures.bareTokensPerSecond)],
		["… kept by the extension", percent(figures.tokensPerSecondRatio)],
		[
			"Messages with text per second, to the host and on to each view",
			String(figures.messagesPerSecond),
		],
		["From Stop to the end of decoding, longest of 9", ms(figures.stopWhileDecodingMs)],
		["From Stop to the end of prefill, longest of 9", ms(figures.stopWhilePrefillingMs)],
	],
)}`;
}

/**
 * @param {import("./benchmarks.mjs").LoadingFigures} figures
 * @returns {string} Markdown
 */
export function loadingReport(figures) {
	return `The extension and a bare program with node-llama-cpp load a model of 700 MB with random weights in the shape of Llama 3.2 1B (Q4_0),
${figures.loads} times each, in fresh processes. The system has the file in memory.

${table(
	["Figure", "Value"],
	[
		["Loading time, process start included", ms(figures.loadMs)],
		["… in the bare program", ms(figures.bareLoadMs)],
		["… share of the bare program's time", percent(figures.loadRatio)],
		["From message to first token, with no process running", ms(figures.coldFirstTokenMs)],
		[
			"Growth of the host's memory during a load, largest",
			`${(figures.hostGrowthBytes / 1e6).toFixed(1)} MB`,
		],
	],
)}`;
}

/**
 * @param {import("./benchmarks.mjs").FirstTokenFigures} figures
 * @returns {string} Markdown
 */
export function firstTokenReport(figures) {
	return `A model with random weights in the shape of Llama 3.2 1B (Q4_0) gets a prompt of ${figures.promptTokens.toLocaleString("en-US")} tokens, nearly all of it attached code. The
code is attached, alternately, just before Send and two prefill times earlier, ${figures.rounds} times each. The values are medians; the
ratio is the median over the pairs.

${table(
	["From Send to the first token", "Value"],
	[
		["Code attached just before", ms(figures.coldMs)],
		["Code attached two prefill times earlier", ms(figures.readAheadMs)],
		["… share of the time without preloading", percent(figures.ratio)],
		["… the same share, largest", percent(figures.largestRatio)],
		["… tokens left to evaluate", String(figures.evaluatedTokens)],
	],
)}`;
}

/**
 * @param {import("./benchmarks.mjs").ResumeFigures} figures
 * @returns {string} Markdown
 */
export function resumeReport(figures) {
	return `A model with random weights in the shape of Llama 3.2 1B (Q4_0) answers in a chat of ${figures.promptTokens.toLocaleString("en-US")} tokens. One fresh process evaluates
the whole prompt and saves it to the prompt cache; a second one resumes from there, ${figures.rounds} times each. Times run from the start of the
process and include loading the model. The values are medians; the ratio is the median over the pairs.

${table(
	["Figure", "Value"],
	[
		["First token, without a cached prompt", ms(figures.coldFirstTokenMs)],
		["First token, with a cached prompt", ms(figures.resumedFirstTokenMs)],
		["… share of the time without it", percent(figures.resumedRatio)],
		["… tokens left to evaluate", String(figures.resumedEvaluatedTokens)],
		["Saving the cached prompt, checksum included", ms(figures.saveMs)],
		["Loading it, checksum included", ms(figures.loadMs)],
		["Size of the cached prompt", `${(figures.stateBytes / 1e6).toFixed(0)} MB`],
	],
)}`;
}

/**
 * @param {import("./benchmarks.mjs").ImportFigures} figures
 * @returns {string} Markdown
 */
export function importReport(figures) {
	const megabytes = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(0)} MB`;
	return `A ChatGPT export with ${figures.conversations.toLocaleString("en-US")} chats and ${figures.megabytes.toLocaleString("en-US")} MB is imported into chats on disk, once. The host's event loop is measured every
millisecond.

${table(
	["Figure", "Value"],
	[
		["Whole import, with every chat flushed to disk", `${figures.seconds.toFixed(0)} s`],
		["Delay of the host's event loop, median", ms(figures.stallP50Ms)],
		["… 99th percentile", ms(figures.stallP99Ms)],
		["… longest", ms(figures.longestStallMs)],
		["Memory of the import process, at most", megabytes(figures.childBytes)],
		["Growth of the host's memory, at most", megabytes(figures.hostGrowthBytes)],
	],
)}`;
}

/**
 * @param {import("./benchmarks.mjs").TokensFigures} figures
 * @returns {string} Markdown
 */
export function tokensReport(figures) {
	const { rounds, contextRounds, threads, longestBatch, contexts, lookup, busy } = figures;
	/** @type {(title: string, speed: import("./benchmarks.mjs").ComparedSpeed) => string[]} */
	const row = (title, { tokensPerSecond, bareTokensPerSecond, ratio }) => [
		title,
		tokensPerSecond.toFixed(1),
		bareTokensPerSecond.toFixed(1),
		percent(ratio),
	];
	const columns = ["Extension", "Bare loop", "Ratio"];
	return `A model in the shape of Llama 3.2 1B (Q4_0) recites words: each token depends only on the one before, but all layers compute it. The
extension and a bare loop over node-llama-cpp give the same answers alternately, ${contextRounds} times each (answers of 120 tokens ${rounds} times), over
the same context of the same loaded model, with ${threads === 1 ? "one thread" : `${threads} threads`}. The values are medians in tokens per second; the
ratio is the median over the pairs.

${table(
	["Context", ...columns],
	contexts.map((each) =>
		row(
			each.contextTokens === 1
				? "as short as the template allows"
				: `${each.contextTokens.toLocaleString("en-US")} tokens`,
			each,
		),
	),
)}

The extension uses prompt lookup; the bare loop does not. If every guess were right, batches of ${longestBatch} would give ${lookup.ceiling.toFixed(2)} times
as many tokens.

${table(
	["Answer of 120 tokens", ...columns],
	[
		row("repeats its prompt, with one name changed", lookup.repeating),
		row("repeats nothing of its prompt", lookup.unlike),
		row(
			"shares passages of three tokens with its prompt, each followed by a wrong guess",
			lookup.misleading,
		),
	],
)}

The extension chooses its number of threads, starting with ${busy.initialThreads}. The machine is alternately idle and busy. A busy machine runs one program
per core that never waits.

${table(
	["", "Tokens per second", "Threads"],
	[
		...busy.bareRates.map((each) => [
			"Bare loop, idle",
			each.tokensPerSecond.toFixed(1),
			String(each.threads),
		]),
		["Extension, idle", busy.idleTokensPerSecond.toFixed(1), ended(busy.idleThreads)],
		["Extension, busy", busy.busyTokensPerSecond.toFixed(1), ended(busy.busyThreads)],
		["… share of the bare loop's best, idle", percent(busy.busyShare), ""],
		["Bare loop, busy", busy.bareBusyTokensPerSecond.toFixed(1), "1"],
		["… share that the extension reaches, busy", percent(busy.ratio), ""],
	],
)}

On the busy machine, one more program that never waits gets ${percent(busy.processorShare)} of a core. A thread there can reach at most that share of its
speed on the idle machine.`;
}

/** @param {readonly number[]} threads */
function ended(threads) {
	return `${threads.join(", ")} at the end of each answer`;
}
