import { stat } from "node:fs/promises";
import path from "node:path";
import { root } from "./paths.mjs";
import { run } from "./shell.mjs";

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
 * The extension in a real VS Code, each window with an extension host of its own. Times in milliseconds, medians but for
 * those whose name says otherwise.
 *
 * @typedef {object} OpeningFigures
 * @property {number} activationMs loading the code and calling `activate`, by VS Code's own clock
 * @property {number} longestActivationMs
 * @property {number} firstMs from the press on the command until the text box has the keyboard, in a new window
 * @property {number} longestFirstMs
 * @property {number} laterMs the same, where the view was open before and was hidden
 * @property {number} longestLaterMs
 * @property {number} firstWholeMs as `firstMs`, until all of the view is drawn
 * @property {number} laterWholeMs
 *
 * @typedef {object} TypingFigures
 * @property {number} keys
 * @property {number} meterMs from a key to the context meter's next figure
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

/** @returns {Promise<readonly { file: string, bytes: number }[]>} what was built for production */
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
 * From Send to the end of an answer of one token, with code that was attached just before or two prefill-times before.
 * Times are medians, of the ratio over pairs.
 *
 * @typedef {object} FirstTokenFigures
 * @property {number} rounds
 * @property {number} promptTokens
 * @property {number} coldMs
 * @property {number} readAheadMs
 * @property {number} evaluatedTokens of the prompt that was read ahead, after Send
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
 * @returns {Promise<ResumeFigures>}
 */
export async function measureResume(model) {
	return /** @type {ResumeFigures} */ (await measure("resume", model));
}

/**
 * Tokens per second through the extension's process and by a bare loop, on a model that recites words. Of two that are
 * compared, medians over the rounds; the ratio is that over pairs.
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
 * @property {number} busy.busyShare of the best of `bareRates`
 * @property {number} busy.bareBusyTokensPerSecond with one thread
 * @property {number} busy.ratio to the bare loop beside the same programs
 * @property {number} busy.processorShare what one more program that never waits gets of a core beside them
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
 * The chat view in Chromium, drawing answers that come at 200 tokens per second.
 *
 * @typedef {object} FrameFigures
 * @property {number} frames
 * @property {number} longestTaskMs
 * @property {number} longestTaskCpuMs
 * @property {number} longestWorkCpuMs the same but for V8's collections of all garbage
 * @property {number} p95FrameMs script, style and layout
 *
 * @typedef {object} ViewFigures
 * @property {number} rounds
 * @property {readonly (FrameFigures & { name: string, memoryRatio: number })[]} answers
 * @property {number} growth of the total by twice the length
 * @property {{ tokens: number, p95FrameMs: number, plainP95FrameMs: number, totalRatio: number }} plain beside the plain way
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
 * A large export of ChatGPT's, imported into conversations on the disk by the production build.
 *
 * @typedef {object} ImportFigures
 * @property {number} megabytes
 * @property {number} conversations
 * @property {number} seconds
 * @property {number} stallP50Ms of the event loop that the extension host would have
 * @property {number} stallP99Ms
 * @property {number} longestStallMs
 * @property {number} childBytes the most that the process that reads has in memory
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
 * @param {string} name of an entry in test/bench
 * @param {string[]} args
 * @returns {Promise<unknown>} what its last line says
 */
async function measure(name, ...args) {
	const entry = path.join(root, `out/test/bench/${name}.entry.cjs`);
	const output = await run(process.execPath, ["--expose-gc", entry, ...args], { cwd: root });
	return JSON.parse(output.trimEnd().split("\n").at(-1) ?? "");
}
