import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Locator } from "playwright-core";
import { demoModelFile, root } from "../../scripts/lib/paths.mjs";
import { describeInVsCode } from "../e2e/support/describeInVsCode";
import { until } from "../support/until";

/** The colors of the pictures, by the ending of their names; `kind` is the class of a workbench with such a theme. */
const themes = {
	light: { name: "Default Light Modern", kind: "vs" },
	dark: { name: "Default Dark Modern", kind: "vs-dark" },
} as const;
const docs = path.join(root, "docs/images");
const walkthrough = path.join(root, "media/walkthrough");
/** The pictures of the README, with the colors it shows them in. */
const readmePictures: Readonly<Record<string, readonly string[]>> = {
	chat: ["light", "dark"],
	history: ["light"],
	"model-picker": ["dark"],
	"device-report": ["light"],
	"context-meter": ["light"],
};
/** Stands in for the path of the model, which would be one of this machine. */
const shownModelFile = "/home/you/models/tiny-chat.gguf";

for (const [ending, theme] of Object.entries(themes)) {
	const user = { "workbench.colorTheme": theme.name, "editor.minimap.enabled": false };
	const viewport = { width: 1160, height: 700 };

	describeInVsCode(`The pictures in ${ending}`, { user, viewport }, (window) => {
		const sideBar = (): Locator => window().page.locator(".part.auxiliarybar");
		const quickPick = (): Locator => window().page.locator(".quick-input-widget:visible");

		/** Takes a picture of an element, or of its top or bottom `height` pixels. */
		async function take(
			folder: string,
			name: string,
			element: Locator,
			part: { readonly top?: number; readonly bottom?: number } = {},
		): Promise<void> {
			if (folder === docs && !(readmePictures[name] ?? []).includes(ending)) {
				return;
			}
			const { page } = window();
			await page.mouse.move(0, 0);
			await page.addStyleTag({ content: ".workbench-hover-container { visibility: hidden; }" });
			const box = await element.boundingBox();
			if (!box) {
				throw new Error(`There is nothing to take a picture of: ${name}.`);
			}
			const height = Math.min(part.top ?? part.bottom ?? box.height, box.height);
			const y = part.bottom === undefined ? box.y : box.y + box.height - height;
			await mkdir(folder, { recursive: true });
			await page.screenshot({
				path: path.join(folder, `${name}-${ending}.png`),
				clip: { x: box.x, y, width: box.width, height },
				// Ends the fading in of lists.
				animations: "disabled",
			});
		}

		it("of the model picker", async () => {
			const { workbench } = window();
			await until("the theme is on", () =>
				window()
					.page.locator(".monaco-workbench")
					.evaluate((element, kind) => element.classList.contains(kind), theme.kind),
			);
			await window().editMachineSettings({ "localLlm.model": undefined });
			await workbench.runCommand("Local LLM: Select Model");
			await workbench.entry("Llama 3.2 1B Instruct").waitFor();
			await take(docs, "model-picker", quickPick());
			await take(walkthrough, "chooseModel", quickPick(), { top: 330 });
			await workbench.pressInPick("Escape");
		});

		it("of chats", async () => {
			const { chat, workbench } = window();
			await window().editMachineSettings({ "localLlm.model": demoModelFile });
			await workbench.runCommand("View: Close Primary Side Bar");
			await workbench.resizeSideBar(400);
			await chat.ask("Show a table of animals with 5 rows");
			await take(walkthrough, "firstMessage", sideBar(), { top: 400 });
			await chat.button("New Chat").first().click();
			await chat.ask("Count from 3 to 12");
			await chat.button("New Chat").first().click();
			await workbench.selectLines("src/math.ts", 3, 5);
			await workbench.runCommand("Local LLM: Attach Code to Chat");
			await chat.button("math.ts:3-5").waitFor();
			await chat.ask("Explain this code");
			await take(walkthrough, "sendCode", window().page.locator(".monaco-workbench"), {
				top: 330,
			});
			await chat.ask("Write a function that adds two numbers in TypeScript");
			await take(docs, "chat", sideBar());
			await chat.openSettings();
			await take(walkthrough, "settings", sideBar(), { top: 560 });
			await chat.settingsDialog.getByRole("button", { name: "Cancel", exact: true }).click();
		});

		it("of the context meter", async () => {
			const { chat } = window();
			await chat.write("How old is Zelda?");
			await chat.contextMeter.click();
			await chat.text("Left for the answer").waitFor();
			await take(docs, "context-meter", sideBar(), { bottom: 330 });
			await chat.contextMeter.press("Escape");
			await chat.write("");
		});

		it("of the history", async () => {
			const { chat, workbench } = window();
			await chat.button("History").click();
			await workbench.entry("Explain this code").waitFor();
			await take(docs, "history", quickPick());
			await workbench.pressInPick("Escape");
		});

		it("of the device report", async () => {
			const { workbench, page } = window();
			await workbench.runCommand("Local LLM: Show Device Report");
			const report = workbench.preview;
			const file = report.getByText(/^File: /);
			await file.waitFor();
			await file.evaluate((element, shown) => {
				element.textContent = `File: ${shown}`;
			}, shownModelFile);
			await take(docs, "device-report", page.locator(".part.editor"), { top: 560 });
		});
	});
}
