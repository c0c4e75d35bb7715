import path from "node:path";
import { root } from "./paths.mjs";
import { run } from "./shell.mjs";

/**
 * Bundles the programs of the extension.
 *
 * @param {readonly string[]} options of esbuild.mjs
 */
export async function build(...options) {
	await run(process.execPath, [path.join(root, "esbuild.mjs"), ...options], { output: "show" });
}
