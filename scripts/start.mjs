// npm start [-- --model PATH_OR_URI] [-- --folder DIR] [-- --port N] [-- --profile DIR]
// Serves a real VS Code with the extension, the demo model, and a sample workspace, until Ctrl-C.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { build } from "./lib/build.mjs";
import { installVsCode } from "./lib/installVsCode.mjs";
import { main } from "./lib/main.mjs";
import { chatOpener, root } from "./lib/paths.mjs";
import { linkExtensions, prepareProfile, profileIn } from "./lib/profile.mjs";
import { findProgram } from "./lib/shell.mjs";
import { readTryOut } from "./lib/tryOut.mjs";
import { startVsCodeServer } from "./lib/vsCodeServer.mjs";

await main(async () => {
	const { folder, port, profileFolder, user, machine } = await readTryOut();
	await installVsCode();
	await build();
	const profile = profileIn(profileFolder);
	await prepareProfile(profile, { user, machine });
	await linkExtensions(profile, [root, chatOpener]);

	const asked = Promise.race([
		...["SIGINT", "SIGTERM", "SIGHUP"].map((signal) => once(process, signal)),
		parentGone(),
	]);
	const server = await startVsCodeServer({ profile, port, folder });
	try {
		process.stdout.write(`Local LLM Chatbot: ${server.url} (Ctrl-C to stop)\n`);
		openBrowser(server.url);
		const endedByItself = await Promise.race([
			asked.then(() => false),
			server.exited.then(() => true),
		]);
		if (endedByItself) {
			throw new Error(`VS Code's server ended\n${server.log()}`);
		}
	} finally {
		await server.stop();
	}
});

/** Resolves when the process that started this one is gone: npm does not report that a signal ended it. */
function parentGone() {
	const parent = process.ppid;
	return new Promise((/** @type {(value: void) => void} */ resolve) => {
		const timer = setInterval(() => {
			if (process.ppid !== parent) {
				clearInterval(timer);
				resolve();
			}
		}, 1000);
		timer.unref();
	});
}

/** @param {string} url */
function openBrowser(url) {
	const opener = findProgram("xdg-open");
	if (opener && (process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY)) {
		spawn(opener, [url], { detached: true, stdio: "ignore" }).unref();
	}
}
