import { writeFileSync } from "node:fs";
import { reporters } from "mocha";

/**
 * The result of a tier. An aborted run has none.
 *
 * @typedef {object} TestSummary
 * @property {number} passed
 * @property {number} failed
 * @property {readonly string[]} skipped full titles, with the reason where the test gave one
 */

/** The environment variable with the path of the summary. */
export const summaryVariable = "TEST_SUMMARY_FILE";

/** Mocha's spec report, followed by a summary for the script that started the run. */
export default class TestReporter extends reporters.Spec {
	/**
	 * @param {Mocha.Runner} runner
	 * @param {Mocha.MochaOptions} options
	 */
	constructor(runner, options) {
		super(runner, options);
		/** @type {string[]} */
		const skipped = [];
		runner.on("pending", (test) => {
			skipped.push(test.fullTitle());
		});
		runner.once("end", () => {
			const file = process.env[summaryVariable];
			if (file) {
				const { passes: passed, failures: failed } = this.stats;
				writeFileSync(file, JSON.stringify({ passed, failed, skipped }));
			}
		});
	}
}
