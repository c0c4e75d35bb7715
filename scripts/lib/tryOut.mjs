import { cp } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { demoModelFile, sampleWorkspace, vsCodeTestFolder } from "./paths.mjs";

/**
 * The options of `npm start` and `npm run start:desktop`.
 *
 * @typedef {object} TryOut
 * @property {string} folder
 * @property {number} port 0 picks a free one
 * @property {string} profileFolder where VS Code keeps its settings and the files of extensions
 * @property {import("./profile.mjs").SettingValues} user settings
 * @property {import("./profile.mjs").SettingValues} machine settings
 */

/**
 * Reads the command line: `--model PATH_OR_URI`, `--folder DIR`, `--port N`,
 * `--profile DIR`.
 *
 * @param {string} [defaultProfile] the name of the profile without `--profile`
 * @returns {Promise<TryOut>} by default, the demo model and the sample workspace
 */
export async function readTryOut(defaultProfile = "profile") {
	const { values } = parseArgs({
		options: {
			model: { type: "string" },
			folder: { type: "string" },
			port: { type: "string", default: "0" },
			profile: { type: "string" },
		},
	});
	const folder = values.folder ? path.resolve(values.folder) : await keptSampleWorkspace();
	return {
		folder,
		port: Number(values.port),
		profileFolder: path.resolve(values.profile ?? path.join(vsCodeTestFolder, defaultProfile)),
		// The demo model was trained for temperature 0. Other models use the default.
		user: { "localLlm.temperature": values.model ? undefined : 0 },
		machine: { "localLlm.model": modelSetting(values.model) },
	};
}

/** @param {string | undefined} model */
function modelSetting(model) {
	if (!model) {
		return demoModelFile;
	}
	return /^(hf|https?):/.test(model) ? model : path.resolve(model);
}

/** Returns a copy, so that trying things out does not change the repository. Earlier edits in the copy stay. */
async function keptSampleWorkspace() {
	const copy = path.join(vsCodeTestFolder, "workspace");
	await cp(sampleWorkspace, copy, { recursive: true, force: false });
	return copy;
}
