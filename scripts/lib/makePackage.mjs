import { mkdir } from "node:fs/promises";
import path from "node:path";
import { createVSIX } from "@vscode/vsce";
import { root } from "./paths.mjs";
import { say } from "./progress.mjs";
import { stagePackage } from "./stagePackage.mjs";

/**
 * Builds the VSIX of a target from a folder that contains nothing else. An allow-list in .vscodeignore does not work: a file
 * ships
 * if any pattern with `!` matches, whatever their order (vsce 3.9).
 *
 * @param {import("./packageTargets.mjs").PackageTarget} target
 * @returns {Promise<string>} the path of the VSIX
 */
export async function makePackage(target) {
	const folder = await stagePackage(target);
	const packagesFolder = path.join(root, "out/packages");
	await mkdir(packagesFolder, { recursive: true });
	const packagePath = path.join(packagesFolder, `local-llm-chatbot-${target.name}.vsix`);
	say(`vsce: ${target.name}`);
	await createVSIX({
		cwd: folder,
		packagePath,
		target: target.name,
		rewriteRelativeLinks: false,
		allowMissingRepository: true,
	});
	return packagePath;
}
