import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { vsCode } from "./installVsCode.mjs";
import { endProcessGroup, killProcessGroup } from "./processGroup.mjs";

/** How long the server may take until it listens, in milliseconds. */
const startLimitMs = 60_000;

/**
 * A VS Code that serves its workbench on a loopback port.
 *
 * @typedef {object} VsCodeServer
 * @property {number} pid also the id of the process group of the server and its children
 * @property {string} url of the workbench, including the folder to open
 * @property {() => string} log returns its output so far
 * @property {Promise<void>} exited settles when the server has ended, for any reason
 * @property {() => Promise<void>} stop ends the server and everything that it started
 * @property {() => Promise<void>} kill the same at once, so that nothing can be saved
 */

/**
 * @typedef {object} VsCodeServerOptions
 * @property {import("./profile.mjs").Profile} profile a prepared one
 * @property {number} [port] 0, the default, picks a free one
 * @property {string | undefined} [folder] to open
 * @property {boolean} [trusted] whether every folder is trusted (default); otherwise, folders open in Restricted Mode
 * @property {boolean} [isDriven] whether tests drive it; its address can then name extensions, and no notification covers the
 *   window
 * @property {NodeJS.ProcessEnv} [env] for the server and the extension host
 */

/**
 * @param {VsCodeServerOptions} options
 * @returns {Promise<VsCodeServer>}
 * @throws {Error} with the server's output, if it does not start to listen
 */
export async function startVsCodeServer({
	profile,
	port = 0,
	folder,
	trusted = true,
	isDriven = false,
	env = {},
}) {
	const runtimeFolder = path.join(profile.folder, "run");
	await mkdir(runtimeFolder, { recursive: true, mode: 0o700 });
	const child = spawn(vsCode.node, serverArguments(profile, port, trusted, isDriven), {
		// A separate group: Ctrl-C in the terminal reaches only the script, which then ends the whole group.
		detached: true,
		stdio: ["ignore", "pipe", "pipe"],
		env: {
			...withoutVsCodeVariables(process.env),
			// Without the Marketplace, nothing waits for its name to be resolved.
			EXTENSIONS_GALLERY: '{"serviceUrl":""}',
			// Keeps sockets out of the shared temporary folder.
			XDG_RUNTIME_DIR: runtimeFolder,
			...env,
		},
	});
	let log = "";
	const exited = new Promise((/** @type {(value: void) => void} */ resolve) => {
		child.once("error", (error) => {
			log += String(error);
			resolve();
		});
		child.once("exit", () => {
			resolve();
		});
	});
	const pid = child.pid;
	/** @param {(leader: number) => Promise<void>} end */
	const endBy = (end) => async () => {
		if (pid !== undefined) {
			await end(pid);
		}
	};
	const stop = endBy(endProcessGroup);
	const listening = new Promise((/** @type {(port: string) => void} */ resolve) => {
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
				log += text;
				const found = /Extension host agent listening on (\d+)/.exec(log)?.[1];
				if (found) {
					resolve(found);
				}
			});
		}
	});
	const tooLate = AbortSignal.timeout(startLimitMs);
	const listeningPort = await Promise.race([
		listening,
		exited.then(() => undefined),
		new Promise((/** @type {(value: undefined) => void} */ resolve) => {
			tooLate.addEventListener("abort", () => {
				resolve(undefined);
			});
		}),
	]);
	if (pid === undefined || listeningPort === undefined) {
		await stop();
		throw new Error(`VS Code's server did not start\n${log}`);
	}
	return {
		pid,
		url: workbenchUrl(listeningPort, folder),
		log: () => log,
		exited,
		stop,
		kill: endBy(killProcessGroup),
	};
}

/**
 * @param {import("./profile.mjs").Profile} profile
 * @param {number} port
 * @param {boolean} trusted
 * @param {boolean} isDriven
 */
function serverArguments(profile, port, trusted, isDriven) {
	return [
		vsCode.serverMain,
		...["--host", "127.0.0.1", "--port", String(port), "--without-connection-token"],
		...["--server-data-dir", path.join(profile.folder, "server")],
		...["--user-data-dir", profile.userDataFolder],
		...["--extensions-dir", profile.extensionsFolder],
		...(trusted ? ["--disable-workspace-trust"] : []),
		"--accept-server-license-terms",
		"--disable-telemetry",
		"--disable-experiments",
		// A built workbench reads `extensionDevelopmentPath` and `extensionTestsPath` from its address only with this
		// option.
		...(isDriven ? ["--enable-smoke-test-driver"] : []),
	];
}

/**
 * Returns an address that contains the folder. With `--default-folder`, the window and the extension host use different addresses
 * for a file, and a file that an extension shows opens a second time (VS Code 1.139).
 *
 * @param {string} port
 * @param {string | undefined} folder
 */
function workbenchUrl(port, folder) {
	const query =
		folder === undefined ? "" : `?folder=${encodeURIComponent(folder).replaceAll("%2F", "/")}`;
	return `http://localhost:${port}/${query}`;
}

/**
 * Returns the environment without the variables that a VS Code sets in its terminal for its own children.
 *
 * @param {NodeJS.ProcessEnv} env
 */
function withoutVsCodeVariables(env) {
	return Object.fromEntries(
		Object.entries(env).filter(
			([name]) => !/^(VSCODE_|ELECTRON_|CODE_SERVER_|NODE_OPTIONS$)/.test(name),
		),
	);
}
