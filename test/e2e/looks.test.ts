import assert from "node:assert/strict";
import { describeInVsCode } from "./support/describeInVsCode";
import { until } from "../support/until";

/** The keys name the pictures; `kind` is the class of the workbench under that theme. */
const themes = {
	dark: { name: "Default Dark Modern", kind: "vs-dark" },
	light: { name: "Default Light Modern", kind: "vs" },
	"high-contrast": { name: "Default High Contrast", kind: "hc-black" },
} as const;

describeInVsCode(
	"Looks",
	{ user: { "workbench.colorTheme": themes.dark.name }, viewport: { width: 1400, height: 900 } },
	(window) => {
		it("of an empty chat", async () => {
			await window().chat.button("Ask an Example").waitFor();
			await window().screenshot("empty-dark");
		});

		it("of a running answer", async () => {
			const { chat } = window();
			await chat.send("Write a long story");
			await window().midAnswer(() => window().screenshot("running-dark"), 300);
			await chat.answerEnded();
			await window().screenshot("story-dark");
		});

		it("of a chat about code", async () => {
			const { chat, workbench } = window();
			await chat.clear();
			await workbench.resizeSideBar(440);
			await workbench.selectLines("src/math.ts", 3, 5);
			await workbench.runCommand("Local LLM: Attach Code to Chat");
			await chat.button("math.ts:3-5").waitFor();
			await chat.ask("Explain this code");
			await chat.ask("Write a function that adds two numbers in TypeScript");
			await chat.ask("Show a table of animals with 5 rows");
			for (const [name, theme] of Object.entries(themes)) {
				await useTheme(theme);
				await window().screenshot(`conversation-${name}`);
				const dialog = await chat.openSettings();
				await window().screenshot(`settings-${name}`);
				await dialog.getByRole("button", { name: "Cancel", exact: true }).click();
			}
		});

		it("of a failure", async () => {
			const { chat } = window();
			await chat.clear();
			await chat.send("Write a long story");
			await window().midAnswer(() => {
				process.kill(window().engine(), "SIGKILL");
			});
			await chat.answerEnded();
			for (const [name, theme] of Object.entries(themes).reverse()) {
				await useTheme(theme);
				await window().screenshot(`failure-${name}`);
			}
		});

		it("fit into a side bar of 240 pixels", async () => {
			const { chat, workbench } = window();
			await workbench.resizeSideBar(240);
			const widths = await chat.log.evaluate(({ ownerDocument: { documentElement } }) => ({
				shown: documentElement.clientWidth,
				needed: documentElement.scrollWidth,
			}));
			await window().screenshot("narrow-dark");
			assert.ok(widths.shown <= 245, `the side bar is ${String(widths.shown)} pixels wide`);
			assert.ok(widths.needed <= widths.shown, "nothing is cut off or scrolls sideways");
			await chat.openSettings();
			await window().screenshot("narrow-settings-dark");
		});

		async function useTheme({ name, kind }: (typeof themes)[keyof typeof themes]): Promise<void> {
			const { page } = window();
			const isOn = (): Promise<boolean> =>
				page
					.locator(".monaco-workbench")
					.evaluate((element, expected) => element.classList.contains(expected), kind);
			if (!(await isOn())) {
				await window().editSettings({ "workbench.colorTheme": name });
				await until(`the theme is ${name}`, isOn);
			}
		}
	},
);
