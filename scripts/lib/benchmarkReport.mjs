import { ms, percent, table } from "./benchmarkSection.mjs";

/**
 * @param {import("./benchmarks.mjs").EngineFigures} figures
 * @returns {string} Markdown
 */
export function answersReport(figures) {
	return `Extension and bare loop answer the same prompts with the tests' demo model by turns, ${figures.answers} times each; the figures are
medians, and what was added or kept is the median over the pairs.

${table(
	["Figure", "Value"],
	[
		["Process started and model loaded", ms(figures.prepareMs)],
		["From message to first token", ms(figures.firstTokenMs)],
		["… by a bare loop over node-llama-cpp", ms(figures.bareFirstTokenMs)],
		["… added by the extension", ms(figures.firstTokenAddedMs)],
		["Tokens per second", String(figures.tokensPerSecond)],
		["… by a bare loop over node-llama-cpp", String(figures.bareTokensPerSecond)],
		["… kept by the extension", percent(figures.tokensPerSecondRatio)],
		[
			"Messages per second with text, to the host and on to each view",
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
	return `A model of 700 MB with random weights in the shape of Llama 3.2 1B (Q4_0), loaded ${figures.loads} times each way, in fresh
processes, from a file that the system has in memory.

${table(
	["Figure", "Value"],
	[
		["Load, process included", ms(figures.loadMs)],
		["… by a bare program with node-llama-cpp", ms(figures.bareLoadMs)],
		["… ours to the bare one's", percent(figures.loadRatio)],
		["From message to first token, nothing running", ms(figures.coldFirstTokenMs)],
		[
			"Growth of the host's memory by a load, largest",
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
	return `A model with random weights in the shape of Llama 3.2 1B (Q4_0) is sent a prompt of ${figures.promptTokens.toLocaleString("en-US")} tokens, nearly all of it
attached code, by turns right after the code was attached and two prefill-times later, ${figures.rounds} times each; medians, of the
ratio over the pairs.

${table(
	["From Send to the first token", "Value"],
	[
		["Attached just before", ms(figures.coldMs)],
		["Attached two prefill-times before", ms(figures.readAheadMs)],
		["… of the time without", percent(figures.ratio)],
		["… of the time without, largest", percent(figures.largestRatio)],
		["… tokens that were left to evaluate", String(figures.evaluatedTokens)],
	],
)}`;
}

/**
 * @param {import("./benchmarks.mjs").ResumeFigures} figures
 * @returns {string} Markdown
 */
export function resumeReport(figures) {
	return `A model with random weights in the shape of Llama 3.2 1B (Q4_0) is asked about a conversation of ${figures.promptTokens.toLocaleString("en-US")} tokens in a fresh process,
which ends then; another one goes on from the state that was saved, ${figures.rounds} times each. From the start of the process, the load of the
model included; medians, of the ratio over the pairs.

${table(
	["Figure", "Value"],
	[
		["First token, nothing saved", ms(figures.coldFirstTokenMs)],
		["First token, from the saved state", ms(figures.resumedFirstTokenMs)],
		["… of the time without", percent(figures.resumedRatio)],
		["… tokens that were left to evaluate", String(figures.resumedEvaluatedTokens)],
		["Saving the state, checksum included", ms(figures.saveMs)],
		["Loading it, checksum included", ms(figures.loadMs)],
		["Size of the state", `${(figures.stateBytes / 1e6).toFixed(0)} MB`],
	],
)}`;
}

/**
 * @param {import("./benchmarks.mjs").ImportFigures} figures
 * @returns {string} Markdown
 */
export function importReport(figures) {
	const megabytes = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(0)} MB`;
	return `An export of ChatGPT's with ${figures.conversations.toLocaleString("en-US")} conversations and ${figures.megabytes.toLocaleString("en-US")} MB is imported into conversations on the disk, once. The host's event loop
is measured every millisecond.

${table(
	["Figure", "Value"],
	[
		["Whole import, every conversation flushed to the disk", `${figures.seconds.toFixed(0)} s`],
		["Delay of the host's event loop, median", ms(figures.stallP50Ms)],
		["… 99th percentile", ms(figures.stallP99Ms)],
		["… longest", ms(figures.longestStallMs)],
		["Memory of the process that reads, at most", megabytes(figures.childBytes)],
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
	return `A model in the shape of Llama 3.2 1B (Q4_0) that recites words: each token is decided by the one before it alone, but computed by
all layers. Extension and bare loop over node-llama-cpp give the same answers by turns, ${contextRounds} times each (those of 120 tokens ${rounds} times),
over the same context of the same loaded model, with ${threads === 1 ? "one thread" : `${threads} threads`};
medians in tokens per second, of the ratio over the pairs.

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

The extension guesses ahead what the text so far repeats; the bare loop does not. If every guess were right, batches of ${longestBatch} would give
${lookup.ceiling.toFixed(2)} times the tokens.

${table(
	["Answer of 120 tokens", ...columns],
	[
		row("repeats its prompt, with one name changed", lookup.repeating),
		row("repeats nothing of its prompt", lookup.unlike),
		row(
			"has passages of three tokens in common with it, behind which every guess is wrong",
			lookup.misleading,
		),
	],
)}

The extension chooses its threads while, by turns, the machine is idle and has a program that never waits for each of its cores.
It begins with ${busy.initialThreads}; the bare loop is measured on the idle machine.

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
		["… of the best on the idle machine", percent(busy.busyShare), ""],
		["Bare loop, busy", busy.bareBusyTokensPerSecond.toFixed(1), "1"],
		["… Extension, busy, to it", percent(busy.ratio), ""],
	],
)}

Beside the busy programs one more program that never waits gets ${percent(busy.processorShare)} of a core: as much of what one thread does on the
idle machine is all that a thread can do there.`;
}

/** @param {readonly number[]} threads */
function ended(threads) {
	return `${threads.join(", ")} at the end of each answer`;
}
