import { stat } from "node:fs/promises";
import path from "node:path";
import { root } from "./paths.mjs";
import { run } from "./shell.mjs";

/**
 * Answers of the demo model, from the extension's process and from a bare loop over node-llama-cpp.
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
 * The extension in a real VS Code, each window with its own extension host. Times are in milliseconds, and medians unless their
 * names say otherwise.
 *
 * @typedef {object} OpeningFigures
 * @property {number} activationMs time to load the code and call `activate`, by VS Code's clock
 * @property {number} longestActivationMs
 * @property {number} firstMs from pressing the command until the text box has the focus, in a new window
 * @property {number} longestFirstMs
 * @property {number} laterMs the same for a view that was open before and was hidden
 * @property {number} longestLaterMs
 * @property {number} firstWholeMs like `firstMs`, until the whole view is drawn
 * @property {number} laterWholeMs
 *
 * @typedef {object} TypingFigures
 * @property {number} keys
 * @property {number} meterMs from a key press to the next figure of the context meter
 * @property {number} meterP95Ms
 * @property {number} busyMeterMs the same while an answer is generated
 * @property {number} busyMeterP95Ms
 * @property {number} tokensPerSecond
 * @property {number} typedTokensPerSecond
 * @property {number} typedRatio
 *
 * @typedef {object} LoopDelays
 * @property {number} p50Ms
 * @property {number} p99Ms
 * @property {number} maxMs
 *
 * @typedef {object} StartFigures
 * @property {number} rounds
 * @property {{ ours: OpeningFigures, empty: OpeningFigures }} openings
 * @property {TypingFigures} typing
 * @property {Record<"idle" | "answering" | "idleBesideBusy" | "answeringBesideBusy", LoopDelays>} loop
 */

/** @returns {Promise<StartFigures>} */
export async function measureStart() {
	return /** @type {StartFigures} */ (await measure("start"));
}

/** @returns {Promise<readonly { file: string, bytes: number }[]>} the production bundles */
export async function measureBundles() {
	const files = [
		"extension.cjs",
		"chat.cjs",
		"modelSide.cjs",
		"onDemand.cjs",
		"storage.cjs",
		"inference.cjs",
		"download.cjs",
		"import.cjs",
		"webview.js",
		"webview.css",
		"earlyComposer.js",
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
 * Loads of a model of realistic size, each in a new process. The ratio is the median over pairs.
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
 * From Send to the end of an answer of one token. The code was attached just before Send, or twice the prefill time before it.
 * Times are medians; the ratio is the median over pairs.
 *
 * @typedef {object} FirstTokenFigures
 * @property {number} rounds
 * @property {number} promptTokens
 * @property {number} coldMs
 * @property {number} readAheadMs
 * @property {number} evaluatedTokens of the preloaded prompt, after Send
 * @property {number} ratio
 * @property {number} largestRatio
 */

/**
 * @param {string} model
 * @returns {Promise<FirstTokenFigures>}
 */
export async function measureFirstToken(model) {
	return /** @type {FirstTokenFigures} */ (await measure("firstToken", model));
}

/**
 * Resuming a long conversation in a new process, with and without its prompt cache entry. The ratio is the median over pairs.
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
 * @returns {Promise<ResumeFigures>}
 */
export async function measureResume(model) {
	return /** @type {ResumeFigures} */ (await measure("resume", model));
}

/**
 * Tokens per second of the extension's process and of a bare loop, with a model that recites words. Compared speeds are medians
 * over the rounds; the ratio is the median over pairs.
 *
 * @typedef {object} ComparedSpeed
 * @property {number} tokensPerSecond
 * @property {number} bareTokensPerSecond
 * @property {number} ratio
 *
 * @typedef {object} TokensFigures
 * @property {number} rounds of the comparisons in `lookup`
 * @property {number} contextRounds
 * @property {number} threads
 * @property {number} longestBatch
 * @property {readonly (ComparedSpeed & { contextTokens: number })[]} contexts
 * @property {{ repeating: ComparedSpeed, unlike: ComparedSpeed, misleading: ComparedSpeed, ceiling: number }} lookup
 * @property {object} busy
 * @property {readonly { threads: number, tokensPerSecond: number }[]} busy.bareRates on the idle machine
 * @property {number} busy.idleTokensPerSecond
 * @property {number} busy.busyTokensPerSecond
 * @property {number} busy.busyShare as a share of the best of `bareRates`
 * @property {number} busy.bareBusyTokensPerSecond with one thread
 * @property {number} busy.ratio to the bare loop next to the same programs
 * @property {number} busy.processorShare share of a core that one more program that never waits gets next to them
 * @property {number} busy.initialThreads
 * @property {readonly number[]} busy.idleThreads at the end of each answer
 * @property {readonly number[]} busy.busyThreads
 */

/**
 * @param {string} model
 * @returns {Promise<TokensFigures>}
 */
export async function measureTokens(model) {
	return /** @type {TokensFigures} */ (await measure("tokens", model));
}

/**
 * The chat view in Chromium, which draws answers at 200 tokens per second.
 *
 * @typedef {object} FrameFigures
 * @property {number} frames
 * @property {number} longestTaskMs
 * @property {number} longestTaskCpuMs
 * @property {number} longestWorkCpuMs the same without V8's full garbage collections
 * @property {number} p95FrameMs script, style, and layout
 *
 * @typedef {object} ViewFigures
 * @property {number} rounds
 * @property {readonly (FrameFigures & { name: string, memoryRatio: number })[]} answers
 * @property {number} growth of the total when the length doubles
 * @property {{ tokens: number, p95FrameMs: number, plainP95FrameMs: number, totalRatio: number }} plain compared with a plain
 *   renderer
 * @property {object} conversation
 * @property {number} conversation.turns
 * @property {number} conversation.rounds
 * @property {number} conversation.openMs
 * @property {number} conversation.longestOpeningTaskMs
 * @property {number} conversation.scrolledFrames
 * @property {number} conversation.p95ScrolledFrameMs
 * @property {number} conversation.answerRatio to the cost of the same answer in an empty conversation
 */

/** @returns {Promise<ViewFigures>} */
export async function measureView() {
	return /** @type {ViewFigures} */ (await measure("view"));
}

/**
 * A large ChatGPT export, which the production build imports into chat files.
 *
 * @typedef {object} ImportFigures
 * @property {number} megabytes
 * @property {number} conversations
 * @property {number} seconds
 * @property {number} stallP50Ms of the event loop that stands for the extension host's
 * @property {number} stallP99Ms
 * @property {number} longestStallMs
 * @property {number} childBytes peak memory of the import process
 * @property {number} hostGrowthBytes
 */

/**
 * @param {number} megabytes
 * @returns {Promise<ImportFigures>}
 */
export async function measureImport(megabytes) {
	return /** @type {ImportFigures} */ (await measure("import", String(megabytes)));
}

/**
 * @param {string} name of an entry point in test/bench
 * @param {string[]} args
 * @returns {Promise<unknown>} the JSON in the last line of its output
 */
async function measure(name, ...args) {
	const entry = path.join(root, `out/test/bench/${name}.entry.cjs`);
	const output = await run(process.execPath, ["--expose-gc", entry, ...args], { cwd: root });
	return JSON.parse(output.trimEnd().split("\n").at(-1) ?? "");
}
