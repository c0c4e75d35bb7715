// Runs `--extensionTestsPath` in an extension host that has `--extensionDevelopmentPath`, as desktop VS Code does.
// Exit codes: that of the tests; 1 if they could not run; 124 after the time limit; 130 after an interruption.
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { launchChromium } from "../../../scripts/lib/chromium.mjs";
import { main } from "../../../scripts/lib/main.mjs";
import { prepareProfile, profileIn } from "../../../scripts/lib/profile.mjs";
import { summaryVariable } from "../../../scripts/lib/testReporter.mjs";
import { startVsCodeServer } from "../../../scripts/lib/vsCodeServer.mjs";
import { FollowedFile } from "./followedFile.mjs";

const limitMs = 10 * 60_000;

await main(async () => {
	const { folder, developmentPath, testsPath } = readOptions();
	const scratch = await mkdtemp(path.join(os.tmpdir(), "local-llm-host-"));
	const profile = profileIn(scratch);
	const output = new FollowedFile(path.join(scratch, "output"));
	/** @type {(() => Promise<void>)[]} */
	const cleanUp = [() => rm(scratch, { recursive: true, force: true, maxRetries: 5 })];
	try {
		await prepareProfile(profile, {});
		const server = await startVsCodeServer({
			profile,
			folder,
			isDriven: true,
			env: { TEST_OUTPUT_FILE: output.path },
		});
		cleanUp.unshift(() => server.stop());
		const browser = await launchChromium();
		cleanUp.unshift(() => browser.close());
		const page = await browser.newPage();
		const ended = new Promise((/** @type {(code: number) => void} */ resolve) => {
			// The workbench calls these two functions where they exist.
			void page.exposeFunction("codeAutomationExit", resolve);
			void page.exposeFunction("codeAutomationLog", () => undefined);
			page.once("crash", () => {
				resolve(1);
			});
			setTimeout(() => {
				resolve(124);
			}, limitMs).unref();
			for (const signal of ["SIGINT", "SIGTERM"]) {
				process.once(signal, () => {
					resolve(130);
				});
			}
		});
		await page.goto(developmentUrl(server.url, developmentPath, testsPath));
		const code = await ended;
		output.stop();
		const summary = process.env[summaryVariable];
		if (summary && !existsSync(summary)) {
			process.stderr.write(server.log());
		}
		return code;
	} finally {
		output.stop();
		for (const step of cleanUp) {
			await step();
		}
	}
});

/** Reads the options of desktop VS Code that matter here, and ignores the others that test-electron passes. */
function readOptions() {
	const { values, positionals } = parseArgs({
		strict: false,
		allowPositionals: true,
		options: {
			extensionDevelopmentPath: { type: "string" },
			extensionTestsPath: { type: "string" },
		},
	});
	const { extensionDevelopmentPath: developmentPath, extensionTestsPath: testsPath } = values;
	if (typeof developmentPath !== "string" || typeof testsPath !== "string") {
		throw new Error("--extensionDevelopmentPath and --extensionTestsPath are required.");
	}
	return { folder: positionals[0], developmentPath, testsPath };
}

/**
 * @param {string} url of the workbench
 * @param {string} developmentPath
 * @param {string} testsPath
 */
function developmentUrl(url, developmentPath, testsPath) {
	const address = new URL(url);
	const remote = (/** @type {string} */ file) =>
		`vscode-remote://${address.host}${encodeURI(file)}`;
	const payload = [
		["extensionDevelopmentPath", remote(developmentPath)],
		["extensionTestsPath", remote(testsPath)],
	];
	address.searchParams.set("payload", JSON.stringify(payload));
	return address.href;
}
