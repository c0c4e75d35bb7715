import { ms, percent, table } from "./benchmarkSection.mjs";

/**
 * @param {readonly number[]} activations milliseconds, ascending
 * @param {readonly { file: string, bytes: number }[]} bundles
 * @returns {string} Markdown
 */
export function startReport(activations, bundles) {
	const median = activations[Math.floor(activations.length / 2)];
	const range = `${ms(activations[0])} to ${ms(activations.at(-1))}`;
	return table(
		["Figure", "Value"],
		[
			["Activation in the extension host", `${ms(median)} (${activations.length} runs: ${range})`],
			...bundles.map(({ file, bytes }) => [
				`\`${file}\``,
				`${bytes.toLocaleString("en-US")} bytes`,
			]),
		],
	);
}

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
