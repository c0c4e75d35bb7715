import { readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "./paths.mjs";

/**
 * @param {object} figures
 * @param {readonly number[]} figures.activation milliseconds, ascending
 * @param {readonly { file: string, bytes: number }[]} figures.bundles
 * @param {import("./benchmarks.mjs").EngineFigures} figures.engine
 * @param {import("./benchmarks.mjs").LoadingFigures} figures.loading
 * @returns {string} Markdown
 */
export function benchmarkReport({ activation, bundles, engine, loading }) {
	const median = activation[Math.floor(activation.length / 2)] ?? Number.NaN;
	const range = `${ms(activation[0])} to ${ms(activation.at(-1))}`;
	const rows = [
		["Activation in the extension host", `${ms(median)} (${activation.length} runs: ${range})`],
		...bundles.map(({ file, bytes }) => [`\`${file}\``, `${bytes.toLocaleString("en-US")} bytes`]),
		["Process started and model loaded", ms(engine.prepareMs)],
		["From message to first token", ms(engine.firstTokenMs)],
		["… by a bare loop over node-llama-cpp", ms(engine.bareFirstTokenMs)],
		["… added by the extension", ms(engine.firstTokenAddedMs)],
		["Tokens per second", String(engine.tokensPerSecond)],
		["… by a bare loop over node-llama-cpp", String(engine.bareTokensPerSecond)],
		["… kept by the extension", `${(engine.tokensPerSecondRatio * 100).toFixed(1)} %`],
		[
			"Messages per second with text, to the host and on to each view",
			String(engine.messagesPerSecond),
		],
		["From Stop to the end of decoding, longest of 9", ms(engine.stopWhileDecodingMs)],
		["From Stop to the end of prefill, longest of 9", ms(engine.stopWhilePrefillingMs)],
		["Load of a model of 700 MB, process included", ms(loading.loadMs)],
		["… by a bare program with node-llama-cpp", ms(loading.bareLoadMs)],
		["… ours to the bare one's", `${(loading.loadRatio * 100).toFixed(1)} %`],
		["From message to first token of that model, nothing running", ms(loading.coldFirstTokenMs)],
		[
			"Growth of the host's memory by a load, largest",
			`${(loading.hostGrowthBytes / 1e6).toFixed(1)} MB`,
		],
	];
	return `# Benchmarks

Written by \`npm run bench\`, which measures the production build with the demo model of the tests.
Extension and bare loop answer the same prompts by turns, ${engine.answers} times each; the figures are medians,
and what was added or kept is the median over the pairs. The model of 700 MB has random weights in the shape of
Llama 3.2 1B (Q4_0); it is loaded ${loading.loads} times each way, in fresh processes, from a file that the system has in memory.

| Figure | Value |
| --- | --- |
${rows.map((row) => `| ${row.join(" | ")} |`).join("\n")}

Measured on ${new Date().toISOString().slice(0, 10)}: ${os.cpus()[0]?.model.trim() ?? "unknown processor"}, ${os.cpus().length} cores,
${Math.round(os.totalmem() / 1e9)} GB of memory, ${os.type()} ${os.release()}, Node ${process.versions.node},
node-llama-cpp ${llamaVersion()}.
`;
}

/** @param {number | undefined} value */
function ms(value = Number.NaN) {
	return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

function llamaVersion() {
	const manifest = readFileSync(
		path.join(root, "node_modules/node-llama-cpp/package.json"),
		"utf8",
	);
	return /** @type {{ version: string }} */ (JSON.parse(manifest)).version;
}
