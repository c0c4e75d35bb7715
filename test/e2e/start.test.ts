import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../../scripts/lib/chromium.mjs";
import { root, sampleWorkspace } from "../../scripts/lib/paths.mjs";
import { until } from "../support/until";
import { ChatView } from "./support/chatView";
import { Workbench } from "./support/workbench";

const screenshots = path.join(root, "out/screenshots");

/** Time limit for the build and the start of VS Code together on a busy machine, in milliseconds. */
const startLimitMs = 90_000;

describe("npm start", () => {
	let scratch: string;
	let folder: string;
	let started: ChildProcess;
	let browser: Browser;
	let page: Page;
	let workbench: Workbench;
	let chat: ChatView;

	before(async () => {
		scratch = await mkdtemp(path.join(os.tmpdir(), "local-llm-start-"));
		folder = path.join(scratch, "a workspace");
		await cp(sampleWorkspace, folder, { recursive: true });
		started = spawn(
			process.execPath,
			["scripts/start.mjs", "--folder", folder, "--profile", path.join(scratch, "profile")],
			{ stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, DISPLAY: undefined } },
		);
		let printed = "";
		started.stdout?.setEncoding("utf8").on("data", (text: string) => {
			printed += text;
		});
		const address = await until(
			"an address is printed",
			() => /http:\/\/\S+/.exec(printed)?.[0],
			startLimitMs,
		);
		browser = await launchChromium();
		page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
		page.setDefaultTimeout(30_000);
		await page.goto(address);
		workbench = new Workbench(page);
		chat = new ChatView(page, "sideBar");
		await workbench.shown();
	});

	after(async () => {
		await browser.close();
		const ended = once(started, "exit");
		started.kill("SIGINT");
		await ended;
		await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
	});

	afterEach(async function () {
		if (this.currentTest?.state === "failed") {
			await mkdir(screenshots, { recursive: true });
			await page.screenshot({ path: path.join(screenshots, "failed-npm-start.png") });
		}
	});

	it("prints an address that opens the chat, and inserts code into a file more than once", async () => {
		await chat.messageBox.waitFor();
		await chat.ask("Write a function that adds two numbers in TypeScript");
		await workbench.openFile("README.md", 2);
		for (const times of [1, 2]) {
			await chat.lastAnswer.getByRole("code").first().hover();
			await chat.lastAnswer.getByRole("button", { name: "Insert at Cursor" }).click();
			await until("the code is in the editor", async () => {
				return (await workbench.editorText()).split("return a + b;").length - 1 === times;
			});
		}
		assert.equal(await page.getByRole("tab", { name: /README\.md/ }).count(), 1);
		await workbench.save();
		await until("the file has the code twice", async () => {
			const text = await readFile(path.join(folder, "README.md"), "utf8");
			return text.split("return a + b;").length === 3;
		});
	});

	it("shows notifications over the window, as it does for users", async () => {
		await workbench.runCommand("Local LLM: Show Crash Report");
		const toast = page.locator(".notifications-toasts .notification-toast");
		await toast.first().waitFor({ state: "visible" });
		await mkdir(screenshots, { recursive: true });
		await page.screenshot({ path: path.join(screenshots, "npm-start-notification.png") });
	});
});
