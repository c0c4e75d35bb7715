import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { vsCode } from "./installVsCode.mjs";
import { run } from "./shell.mjs";

/**
 * The files that VS Code keeps between starts: settings, extensions, and the extensions' files.
 *
 * @typedef {object} Profile
 * @property {string} folder contains everything
 * @property {string} userDataFolder
 * @property {string} extensionsFolder
 * @property {string} userSettingsFile
 * @property {string} machineSettingsFile where VS Code's server keeps machine-scoped settings, such as the model
 */

/** @typedef {Record<string, unknown>} SettingValues */

/** Settings that keep VS Code from covering the chat or asking questions. */
const quietSettings = {
	"chat.disableAIFeatures": true,
	"extensions.autoCheckUpdates": false,
	"extensions.autoUpdate": false,
	"extensions.ignoreRecommendations": true,
	"git.enabled": false,
	"security.workspace.trust.banner": "never",
	"security.workspace.trust.startupPrompt": "never",
	"telemetry.telemetryLevel": "off",
	"update.mode": "none",
	"window.commandCenter": false,
	"workbench.enableExperiments": false,
	"workbench.secondarySideBar.defaultVisibility": "hidden",
	"workbench.startupEditor": "none",
	"workbench.tips.enabled": false,
};

/**
 * @param {string} folder
 * @returns {Profile}
 */
export function profileIn(folder) {
	const userDataFolder = path.join(folder, "user-data");
	return {
		folder,
		userDataFolder,
		extensionsFolder: path.join(folder, "extensions"),
		userSettingsFile: path.join(userDataFolder, "User/settings.json"),
		machineSettingsFile: path.join(userDataFolder, "Machine/settings.json"),
	};
}

/**
 * Prepares a profile for a start. Its existing settings stay, except those given here.
 *
 * @param {Profile} profile
 * @param {{ user?: SettingValues, machine?: SettingValues }} settings
 */
export async function prepareProfile(profile, { user = {}, machine = {} }) {
	await changeSettings(profile.userSettingsFile, (kept) => ({
		...quietSettings,
		...kept,
		...user,
	}));
	await changeSettings(profile.machineSettingsFile, (kept) => ({ ...kept, ...machine }));
	await mkdir(profile.extensionsFolder, { recursive: true });
}

/**
 * Links extension folders as the profile's installed extensions, so that they run in their current state.
 *
 * @param {Profile} profile
 * @param {readonly string[]} folders
 */
export async function linkExtensions(profile, folders) {
	await rm(profile.extensionsFolder, { recursive: true, force: true });
	await mkdir(profile.extensionsFolder, { recursive: true });
	const installed = [];
	for (const folder of folders) {
		const manifest = await readFile(path.join(folder, "package.json"), "utf8");
		const { publisher, name, version } =
			/** @type {{ publisher: string, name: string, version: string }} */ (JSON.parse(manifest));
		const relativeLocation = `${publisher}.${name}-${version}`;
		const location = path.join(profile.extensionsFolder, relativeLocation);
		await symlink(folder, location, "dir");
		installed.push({
			identifier: { id: `${publisher}.${name}` },
			version,
			location: { $mid: 1, path: location, scheme: "file" },
			relativeLocation,
			metadata: {},
		});
	}
	await writeFile(
		path.join(profile.extensionsFolder, "extensions.json"),
		JSON.stringify(installed),
	);
}

/**
 * Installs a package, like VS Code's "Install from VSIX…".
 *
 * @param {Profile} profile
 * @param {string} vsixFile
 * @throws {Error} with VS Code's message, if it refuses the package
 */
export async function installPackage(profile, vsixFile) {
	const written = await run(vsCode.node, [
		vsCode.serverMain,
		...["--install-extension", vsixFile],
		...["--extensions-dir", profile.extensionsFolder],
		...["--user-data-dir", profile.userDataFolder],
		"--accept-server-license-terms",
	]);
	if (!written.includes("was successfully installed")) {
		throw new Error(`${vsixFile} was not installed\n${written}`);
	}
}

/**
 * Changes a settings file, as if a user had edited and saved it.
 *
 * @param {string} file
 * @param {(kept: SettingValues) => SettingValues} change
 */
export async function changeSettings(file, change) {
	const text = await readFile(file, "utf8").catch(() => "{}");
	const kept = /** @type {SettingValues} */ (JSON.parse(text));
	await mkdir(path.dirname(file), { recursive: true });
	await writeFile(file, JSON.stringify(change(kept), undefined, "\t"));
}
