import type { Locator } from "playwright-core";
import { until } from "../support/until";
import { describeInVsCode } from "./support/describeInVsCode";

describeInVsCode("Get Started", {}, (window) => {
	const steps = (): Locator => window().page.locator(".getting-started-step");

	const done = async (): Promise<readonly string[]> =>
		steps()
			.filter({ has: window().page.locator(".codicon-getting-started-step-checked") })
			.locator(".step-title")
			.allInnerTexts();

	it("opens with completed steps checked", async () => {
		const { chat, workbench } = window();
		await chat.ask("Who are you?");
		await workbench.runCommand("Local LLM: Get Started");
		await until(
			"the first message is checked, and nothing else",
			async () => (await done()).join() === "Send your first message",
		);
		await window().screenshot("walkthrough");
	});

	it("checks a step when it is done, and shows a picture for each", async () => {
		const { chat, workbench, page } = window();
		await workbench.openFile("README.md", 2);
		await workbench.runCommand("Local LLM: Attach Code to Chat");
		await chat.button("Settings").click();
		await chat.button("Save").click();
		await workbench.runCommand("Local LLM: Get Started");
		await until("three steps are checked", async () => (await done()).length === 3);
		for (const step of await steps().all()) {
			await step.click();
			await until("its picture is drawn", () =>
				page
					.locator(".getting-started-media img")
					.evaluateAll((images) =>
						images.some((image) => image instanceof HTMLImageElement && image.naturalWidth > 0),
					),
			);
		}
	});
});
