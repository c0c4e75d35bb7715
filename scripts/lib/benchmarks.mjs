import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { root } from "./paths.mjs";
import { runInExtensionHost } from "./runInExtensionHost.mjs";
import { run } from "./shell.mjs";

/** Each in a VS Code of its own. */
const activations = 5;

/**
 * Answers of the demo model: through the extension's process, and by a bare loop over node-llama-cpp.
 * Ratios and differences are medians over pairs of answers.
 *
 * @typedef {object} EngineFigures
 * @property {number} answers
 * @property {number} tokensPerSecond
 * @property {number} bareTokensPerSecond
 * @property {number} tokensPerSecondRatio
 * @property {number} firstTokenMs
 * @property {number} bareFirstTokenMs
 * @property {number} firstTokenAddedMs
 * @property {number} messagesPerSecond
 * @property {number} prepareMs
 * @property {number} stopWhileDecodingMs
 * @property {number} stopWhilePrefillingMs
 */

/**
 * @returns {Promise<readonly number[]>} milliseconds from nothing to active, ascending
 * @throws {Error} if the extension host did not measure
 */
export async function measureActivation() {
	const folder = await mkdtemp(path.join(os.tmpdir(), "local-llm-bench-"));
	const figuresFile = path.join(folder, "figures.json");
	try {
		const measured = [];
		for (let round = 0; round < activations; round += 1) {
			const ended = await runInExtensionHost("out/test/bench/activation.entry.cjs", {
				FIGURES_FILE: figuresFile,
			});
			if (ended !== "0") {
				throw new Error(`The activation could not be measured: ${ended}`);
			}
			const { activationMs } = /** @type {{ activationMs: number }} */ (
				JSON.parse(await readFile(figuresFile, "utf8"))
			);
			measured.push(activationMs);
		}
		return measured.sort((a, b) => a - b);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** @returns {Promise<readonly { file: string, bytes: number }[]>} what was built for production */
export async function measureBundles() {
	const files = [
		"extension.cjs",
		"modelSide.cjs",
		"onDemand.cjs",
		"storage.cjs",
		"inference.cjs",
		"download.cjs",
		"webview.js",
		"highlight.js",
	].map((file) => `dist/${file}`);
	return Promise.all(
		files.map(async (file) => ({ file, bytes: (await stat(path.join(root, file))).size })),
	);
}

/** @returns {Promise<EngineFigures>} */
export async function measureEngine() {
	return /** @type {EngineFigures} */ (await measure("engine"));
}

/**
 * Loads of a model of a real one's size, each in a fresh process. The ratio is the median over pairs.
 *
 * @typedef {object} LoadingFigures
 * @property {number} loads
 * @property {number} loadMs
 * @property {number} bareLoadMs
 * @property {number} loadRatio
 * @property {number} coldFirstTokenMs
 * @property {number} hostGrowthBytes
 */

/**
 * @param {string} model
 * @returns {Promise<LoadingFigures>}
 */
export async function measureLoading(model) {
	return /** @type {LoadingFigures} */ (await measure("loading", model));
}

/**
 * Going on with a long conversation in a fresh process, from its saved state and without one. The ratio is the median over
 * pairs.
 *
 * @typedef {object} ResumeFigures
 * @property {number} rounds
 * @property {number} promptTokens
 * @property {number} coldFirstTokenMs
 * @property {number} resumedFirstTokenMs
 * @property {number} resumedEvaluatedTokens
 * @property {number} resumedRatio
 * @property {number} saveMs
 * @property {number} loadMs
 * @property {number} stateBytes
 */

/**
 * @param {string} model
 * @param {string} tokens of the conversation
 * @param {string} rounds
 * @returns {Promise<ResumeFigures>}
 */
export async function measureResume(model, tokens, rounds) {
	return /** @type {ResumeFigures} */ (await measure("resume", model, tokens, rounds));
}

/**
 * Tokens per second through the extension's process and by a bare loop, on models that recite words. Of two that are
 * compared, medians over the rounds; the ratio is that over pairs.
 *
 * @typedef {object} ComparedSpeed
 * @property {number} tokensPerSecond
 * @property {number} bareTokensPerSecond
 * @property {number} ratio
 *
 * @typedef {object} TokensFigures
 * @property {number} rounds
 * @property {number} threads
 * @property {number} longestBatch
 * @property {readonly (ComparedSpeed & { contextTokens: number })[]} contexts
 * @property {{ repeating: ComparedSpeed, unlike: ComparedSpeed, misleading: ComparedSpeed, ceiling: number }} lookup
 * @property {object} busy
 * @property {readonly { threads: number, tokensPerSecond: number }[]} busy.bareRates on the idle machine
 * @property {number} busy.idleTokensPerSecond
 * @property {number} busy.busyTokensPerSecond
 * @property {number} busy.busyShare of the best of `bareRates`
 * @property {number} busy.initialThreads
 * @property {readonly number[]} busy.idleThreads at the end of each answer
 * @property {readonly number[]} busy.busyThreads
 */

/**
 * @param {string} model
 * @param {string} smallModel
 * @returns {Promise<TokensFigures>}
 */
export async function measureTokens(model, smallModel) {
	return /** @type {TokensFigures} */ (await measure("tokens", model, smallModel));
}

/**
 * @param {string} name of an entry in test/bench
 * @param {string[]} args
 * @returns {Promise<unknown>} what its last line says
 */
async function measure(name, ...args) {
	const entry = path.join(root, `out/test/bench/${name}.entry.cjs`);
	const output = await run(process.execPath, ["--expose-gc", entry, ...args], { cwd: root });
	return JSON.parse(output.trimEnd().split("\n").at(-1) ?? "");
}
