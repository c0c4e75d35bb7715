import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { installDebianPackages } from "./debianPackages.mjs";
import { findProgram } from "./shell.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * Starts the Chromium for tests, headless unless the environment has `HEADED=1`.
 *
 * @param {string[]} more command-line arguments
 * @returns {Promise<import("playwright-core").Browser>}
 * @throws {Error} that says what to install, if Chromium is missing and cannot be installed
 */
export async function launchChromium(...more) {
	return chromium.launch({
		executablePath: await findChromium(),
		headless: process.env.HEADED !== "1",
		args: [
			"--no-sandbox",
			"--disable-gpu",
			"--disable-background-networking",
			"--disable-component-update",
			"--disable-sync",
			"--no-first-run",
			// Nothing may wait for a network, which tests do not have.
			"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
			...more,
		],
	});
}

/** @returns {Promise<string>} the path in the environment variable `CHROMIUM`, or that of an installed Chromium */
async function findChromium() {
	const chosen = process.env.CHROMIUM;
	if (chosen) {
		if (!existsSync(chosen)) {
			throw new Error(`CHROMIUM names ${chosen}, which does not exist.`);
		}
		return chosen;
	}
	const installed = findProgram(...names);
	if (installed) {
		return installed;
	}
	await installDebianPackages(["chromium", "fonts-dejavu-core"]);
	const added = findProgram(...names);
	if (!added) {
		throw new Error(
			"The tests need Chromium. Install it (Debian: apt-get install chromium fonts-dejavu-core), or set CHROMIUM to the path of a Chromium or Chrome.",
		);
	}
	return added;
}
