import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { canRunServer } from "./installVsCode.mjs";
import { root } from "./paths.mjs";
import { runInExtensionHost } from "./runInExtensionHost.mjs";
import { ending } from "./shell.mjs";
import { summaryVariable } from "./testReporter.mjs";
import { testFiles, tierLimitMs } from "./testTiers.mjs";

/** @typedef {import("./testReporter.mjs").TestSummary} TestSummary */
/** @typedef {import("./testTiers.mjs").TestTier} TestTier */

/** How long a run may take to clean up after an interrupt, in milliseconds. */
const cleanUpMs = 15_000;

/**
 * Runs one tier and shows its report. An aborted run adds one failure. An empty tier counts as one failure.
 *
 * @param {TestTier} tier bundled
 * @param {string} [grep] part of the full names of the tests to run; by default, all run
 * @returns {Promise<TestSummary>}
 */
export async function runTier(tier, grep) {
	if (tier.runsIn === "mocha" && tier.needsServer && !canRunServer) {
		return { passed: 0, failed: 0, skipped: [`${tier.name}: needs Linux`] };
	}
	const files = testFiles(tier);
	if (files.length === 0) {
		process.stderr.write(`test/${tier.name} has no tests.\n`);
		return { passed: 0, failed: 1, skipped: [] };
	}
	const folder = await mkdtemp(path.join(os.tmpdir(), "local-llm-tests-"));
	const summaryFile = path.join(folder, "summary.json");
	const env = { [summaryVariable]: summaryFile };
	try {
		const ended =
			tier.runsIn === "mocha"
				? await runMocha(tier, files, grep, env)
				: await runInExtensionHost("out/test/support/vscode/integrationRunner.entry.cjs", {
						...env,
						...(grep ? { TEST_GREP: grep } : {}),
						TEST_FILES: files.join(path.delimiter),
						TEST_LIMIT_MS: String(tier.testLimitMs),
					});
		return withEnding(await readSummary(summaryFile), ended);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/**
 * @param {TestTier} tier
 * @param {readonly string[]} files
 * @param {string | undefined} grep
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} how the process ended; "0" if it succeeded
 */
async function runMocha(tier, files, grep, env) {
	const child = spawn(
		process.execPath,
		[
			"--enable-source-maps",
			path.join(root, "node_modules/mocha/bin/mocha.js"),
			...["--reporter", path.join(root, "scripts/lib/testReporter.mjs")],
			...["--timeout", String(tier.testLimitMs)],
			...(grep ? ["--fgrep", grep] : []),
			...tier.mochaOptions,
			...files,
		],
		{ stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, ...env } },
	);
	const interrupt = setTimeout(() => {
		process.stderr.write(`test/${tier.name} did not end within ${tierLimitMs / 60_000} minutes.\n`);
		child.kill("SIGINT");
	}, tierLimitMs);
	const kill = setTimeout(() => child.kill("SIGKILL"), tierLimitMs + cleanUpMs);
	const ended = await ending(child);
	clearTimeout(interrupt);
	clearTimeout(kill);
	return ended;
}

/**
 * @param {string} file
 * @returns {Promise<TestSummary | undefined>} `undefined` if the run was aborted
 */
async function readSummary(file) {
	try {
		return /** @type {TestSummary} */ (JSON.parse(await readFile(file, "utf8")));
	} catch {
		return undefined;
	}
}

/**
 * @param {TestSummary | undefined} summary
 * @param {string} ended
 * @returns {TestSummary}
 */
function withEnding(summary, ended) {
	if (!summary) {
		process.stderr.write(`The test run was aborted (${ended}).\n`);
		return { passed: 0, failed: 1, skipped: [] };
	}
	if (summary.failed === 0 && ended !== "0") {
		process.stderr.write(`The tests passed, but their process ended with ${ended}.\n`);
		return { ...summary, failed: 1 };
	}
	return summary;
}
