import { appendFileSync } from "node:fs";
import path from "node:path";
import { format } from "node:util";
import Mocha from "mocha";
import TestReporter from "../../../scripts/lib/testReporter.mjs";

/**
 * Runs the test files that the environment names, inside the extension host.
 *
 * If the host dies, it writes no summary. The script that started the run notices that, while VS Code reports success.
 *
 * @throws {Error} if a test failed
 */
export async function run(): Promise<void> {
	const output = process.env.TEST_OUTPUT_FILE;
	if (output) {
		// Writes to stdout directly: the methods of `console` belong to the extension host, which redirects them.
		Mocha.reporters.Base.consoleLog = (...values: unknown[]) => {
			appendFileSync(output, `${format(...values)}\n`);
		};
	}
	const mocha = new Mocha({
		ui: "bdd",
		timeout: Number(process.env.TEST_LIMIT_MS),
		color: false,
		reporter: TestReporter,
	});
	if (process.env.TEST_GREP) {
		mocha.fgrep(process.env.TEST_GREP);
	}
	for (const file of (process.env.TEST_FILES ?? "").split(path.delimiter)) {
		mocha.addFile(file);
	}
	const failures = await new Promise<number>((resolve) => {
		mocha.run(resolve);
	});
	if (failures > 0) {
		throw new Error(`${String(failures)} tests failed.`);
	}
}
