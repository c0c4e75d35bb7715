import path from "node:path";
import { runTests } from "@vscode/test-electron";
import { canRunServer } from "./installVsCode.mjs";
import { root, sampleWorkspace } from "./paths.mjs";

/**
 * Runs a module in the extension host of a VS Code with this extension and the sample workspace. That is the VS Code from
 * `installVsCode`, behind a stand-in for the desktop program. Where it cannot run, or with `VSCODE_DESKTOP=1`, it is desktop
 * VS Code.
 *
 * @param {string} entry path of a CommonJS module that exports `run(): Promise<void>`
 * @param {Record<string, string>} env environment variables for the module
 * @returns {Promise<string>} how it ended; "0" if `run` was fulfilled
 */
export async function runInExtensionHost(entry, env) {
	const standIn = canRunServer && process.env.VSCODE_DESKTOP !== "1";
	try {
		const code = await runTests({
			...(standIn ? { vscodeExecutablePath: path.join(root, "test/support/vscode/code") } : {}),
			extensionDevelopmentPath: root,
			extensionTestsPath: path.join(root, entry),
			extensionTestsEnv: env,
			launchArgs: [sampleWorkspace],
		});
		return String(code);
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}
