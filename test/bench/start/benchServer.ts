import { cp, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../../../scripts/lib/chromium.mjs";
import { demoModelFile, root, sampleWorkspace } from "../../../scripts/lib/paths.mjs";
import { linkExtensions, prepareProfile, profileIn } from "../../../scripts/lib/profile.mjs";
import { startVsCodeServer, type VsCodeServer } from "../../../scripts/lib/vsCodeServer.mjs";
import { Workbench } from "../../e2e/support/workbench";

const fixtures = path.join(root, "test/fixtures");

/** A VS Code with the extension, the demo model, and the fixtures that it is compared with and measured by. */
export class BenchServer {
	/** The address on which `loopProbe` listens. */
	readonly probeSocket: string;
	readonly #folder: string;
	readonly #server: VsCodeServer;
	readonly #browser: Browser;

	private constructor(folder: string, probeSocket: string, server: VsCodeServer, browser: Browser) {
		this.#folder = folder;
		this.probeSocket = probeSocket;
		this.#server = server;
		this.#browser = browser;
	}

	/** @param extensions folders of test/fixtures to install with our extension */
	static async start(...extensions: readonly string[]): Promise<BenchServer> {
		const folder = await mkdtemp(path.join(os.tmpdir(), "local-llm-bench-"));
		const workspace = path.join(folder, "workspace");
		const probeSocket = path.join(folder, "probe.socket");
		await cp(sampleWorkspace, workspace, { recursive: true });
		const profile = profileIn(folder);
		await prepareProfile(profile, {
			user: { "localLlm.temperature": 0 },
			machine: { "localLlm.model": demoModelFile },
		});
		await linkExtensions(profile, [root, ...extensions.map((name) => path.join(fixtures, name))]);
		const server = await startVsCodeServer({
			profile,
			folder: workspace,
			isDriven: true,
			env: { LOOP_PROBE_SOCKET: probeSocket },
		});
		return new BenchServer(folder, probeSocket, server, await launchChromium());
	}

	/**
	 * Runs `work` in a new window with its own extension host and no memory of earlier windows.
	 *
	 * @param initScript runs in each frame of the window before anything else
	 */
	async inNewWindow<R>(
		work: (page: Page, workbench: Workbench) => Promise<R>,
		initScript: () => void = () => undefined,
	): Promise<R> {
		const context = await this.#browser.newContext({ viewport: { width: 1280, height: 800 } });
		try {
			await context.addInitScript(initScript);
			const page = await context.newPage();
			page.setDefaultTimeout(30_000);
			await page.goto(this.#server.url);
			const workbench = new Workbench(page);
			await workbench.shown();
			return await work(page, workbench);
		} finally {
			await context.close();
		}
	}

	async stop(): Promise<void> {
		await this.#browser.close();
		await this.#server.stop();
		await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
	}
}
