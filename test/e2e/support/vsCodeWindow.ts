import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../../../scripts/lib/chromium.mjs";
import { demoModelFile, root, sampleWorkspace } from "../../../scripts/lib/paths.mjs";
import {
	installPackage,
	linkExtensions,
	prepareProfile,
	profileIn,
	type Profile,
	type SettingValues,
} from "../../../scripts/lib/profile.mjs";
import { startVsCodeServer, type VsCodeServer } from "../../../scripts/lib/vsCodeServer.mjs";
import { ChatView } from "./chatView";
import { until } from "../../support/until";
import { inferenceProcesses, whilePaused } from "./inferenceProcess";
import { Workbench } from "./workbench";

/** A language, and its names for what every test needs. */
export interface WindowLanguage {
	/** For example, "es" or "pt-br". */
	readonly id: string;
	/** The command that opens the chat. */
	readonly openChat: string;
	/** The message box. */
	readonly message: string;
}

export interface WindowOptions {
	/** User settings in addition to temperature 0. */
	readonly user?: SettingValues;
	/** Machine settings in addition to the demo model. */
	readonly machine?: SettingValues;
	/** Whether folders are trusted without a question; otherwise, the folder opens in Restricted Mode. */
	readonly trusted?: boolean;
	/** Changes the copy of the sample workspace before it is opened. */
	readonly arrange?: (folder: string) => Promise<void>;
	/** A VSIX to install; by default, the extension in the repository is used. */
	readonly packageFile?: string;
	/** The language of VS Code; English by default. */
	readonly language?: WindowLanguage;
	/** The size of the window in pixels. */
	readonly viewport?: { readonly width: number; readonly height: number };
}

const english: WindowLanguage = {
	id: "en",
	openChat: "Local LLM: Open Chat",
	message: "Message",
};
const screenshots = path.join(root, "out/screenshots");

/** A window of a separate VS Code, with a new profile, the demo model, and a copy of the sample workspace. */
export class VsCodeWindow {
	readonly page: Page;
	readonly workbench: Workbench;
	/** The chat in the side bar. */
	readonly chat: ChatView;
	/** The chat in an editor tab. */
	readonly editorChat: ChatView;
	/** The copy of the sample workspace that is open. */
	readonly folder: string;
	/** The id of the server, and of the process group of its children. */
	readonly serverPid: number;
	readonly #profile: Profile;
	readonly #server: VsCodeServer;
	readonly #browser: Browser;
	readonly #address: string;

	private constructor(
		profile: Profile,
		folder: string,
		server: VsCodeServer,
		browser: Browser,
		page: Page,
		messageName: string,
	) {
		this.#profile = profile;
		this.folder = folder;
		this.#server = server;
		this.serverPid = server.pid;
		this.#browser = browser;
		this.#address = server.url;
		this.page = page;
		this.workbench = new Workbench(page);
		this.chat = new ChatView(page, "sideBar", messageName);
		this.editorChat = new ChatView(page, "editor", messageName);
	}

	/** Starts VS Code, and opens the chat in the side bar from the palette. */
	static async open(options: WindowOptions = {}): Promise<VsCodeWindow> {
		const scratch = await mkdtemp(path.join(os.tmpdir(), "local-llm-e2e-"));
		const folder = path.join(scratch, "workspace");
		await cp(sampleWorkspace, folder, { recursive: true });
		await options.arrange?.(folder);
		const profile = profileIn(scratch);
		await prepareProfile(profile, {
			user: { "localLlm.temperature": 0, ...options.user },
			machine: { "localLlm.model": demoModelFile, ...options.machine },
		});
		await (options.packageFile === undefined
			? linkExtensions(profile, [root])
			: installPackage(profile, options.packageFile));
		const server = await startVsCodeServer({
			profile,
			folder,
			trusted: options.trusted ?? true,
			isDriven: true,
		});
		const browser = await launchChromium();
		const context = await browser.newContext({
			viewport: options.viewport ?? { width: 1280, height: 800 },
			permissions: ["clipboard-read", "clipboard-write"],
		});
		const page = await context.newPage();
		page.setDefaultTimeout(30_000);
		const { id, openChat, message } = options.language ?? english;
		// Without language packs, VS Code itself stays English, but still uses an extension's own translations.
		await page.addInitScript((language) => {
			Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: language });
		}, id);
		const opened = new VsCodeWindow(profile, folder, server, browser, page, message);
		try {
			await page.goto(server.url);
			await opened.workbench.shown();
			await opened.workbench.runCommand(openChat);
			await opened.chat.messageBox.waitFor();
			return opened;
		} catch (error) {
			await opened.report("open");
			await opened.close();
			throw error;
		}
	}

	/** Kills the window, so that it can save nothing, and opens the same folder in another one. */
	async killAndOpen(): Promise<{ readonly chat: ChatView; readonly workbench: Workbench }> {
		const crashed = this.page.waitForEvent("crash");
		void this.page.goto("chrome://crash").catch(() => undefined);
		await crashed;
		return this.secondWindow();
	}

	/** Opens the same folder in another window of the same VS Code, with the chat. */
	async secondWindow(): Promise<{ readonly chat: ChatView; readonly workbench: Workbench }> {
		const page = await this.page.context().newPage();
		page.setDefaultTimeout(30_000);
		await page.goto(this.#address);
		const workbench = new Workbench(page);
		await workbench.shown();
		await workbench.runCommand("Local LLM: Open Chat");
		const chat = new ChatView(page, "sideBar");
		await chat.messageBox.waitFor();
		return { chat, workbench };
	}

	/** Where VS Code keeps the extension's own files. */
	get extensionStorage(): string {
		return path.join(
			this.#profile.userDataFolder,
			"User/globalStorage/local-llm.local-llm-chatbot",
		);
	}

	/** Returns the id of the inference process. */
	engine(): number {
		const [pid, ...others] = inferenceProcesses(this.#server.pid);
		assert.ok(pid, "a process runs the model");
		assert.deepEqual(others, [], "only one does");
		return pid;
	}

	/**
	 * Runs `act` once the running answer shows `length` characters. The inference process is paused for every check and
	 * for `act`, so that a fast model does not finish first.
	 */
	async midAnswer(act: () => Promise<void> | void, length = 100): Promise<void> {
		const pid = await until("a process runs the model", () =>
			inferenceProcesses(this.#server.pid).at(0),
		);
		await until("the answer has grown", () =>
			whilePaused(pid, async () => {
				const hasGrown = await this.chat.hasGrown(length);
				if (hasGrown) {
					await act();
				}
				return hasGrown;
			}),
		);
	}

	/** Edits the user's settings.json in an editor. `undefined` removes a key. */
	async editSettings(values: SettingValues): Promise<void> {
		await this.workbench.rewriteFile(
			"Preferences: Open User Settings (JSON)",
			JSON.stringify({ ...(await this.userSettings()), ...values }),
		);
	}

	/** Edits the machine's settings.json, which contains the model. */
	async editMachineSettings(values: SettingValues): Promise<void> {
		await this.workbench.rewriteFile(
			"Preferences: Open Remote Settings (JSON)",
			JSON.stringify(values),
		);
	}

	/** Returns the user's settings.json; empty while it is being written. */
	async userSettings(): Promise<SettingValues> {
		const text = await readFile(this.#profile.userSettingsFile, "utf8");
		return text === "" ? {} : (JSON.parse(text) as SettingValues);
	}

	/** Returns a file of the open folder as it is on disk. */
	async fileText(file: string): Promise<string> {
		return readFile(path.join(this.folder, file), "utf8");
	}

	/** Saves pictures of the window and of the chat alone to out/screenshots. */
	async screenshot(name: string): Promise<void> {
		await mkdir(screenshots, { recursive: true });
		// Moves the pointer away from anything with a tooltip.
		await this.page.mouse.move(0, 0);
		await this.page.locator(".workbench-hover:visible").first().waitFor({ state: "hidden" });
		await this.page.screenshot({ path: path.join(screenshots, `${name}.png`) });
		const sideBar = this.page.locator(".part.auxiliarybar");
		if (await sideBar.isVisible()) {
			await sideBar.screenshot({ path: path.join(screenshots, `${name}-chat.png`) });
		}
	}

	/** Records what explains a failure: a picture, and the logs of the server and the extension on standard error. */
	async report(name: string): Promise<void> {
		await this.screenshot(`failed-${name.replaceAll(/\W+/g, "-")}`);
		const folder = path.join(this.#profile.userDataFolder, "logs");
		const files = await readdir(folder, { recursive: true });
		const ours = files.filter((file) => /Local LLM.*\.log$|remoteexthost\.log$/.test(file));
		const texts = await Promise.all(
			ours.map(async (file) => `--- ${file}\n${await readFile(path.join(folder, file), "utf8")}`),
		);
		process.stderr.write([`--- server\n${this.#server.log()}`, ...texts, ""].join("\n"));
	}

	/** Ends the browser, the server, and all processes at once, and removes the profile. */
	async close(): Promise<void> {
		await Promise.all([this.#browser.close(), this.#server.kill()]);
		await rm(this.#profile.folder, { recursive: true, force: true, maxRetries: 5 });
	}
}
