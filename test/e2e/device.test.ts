import assert from "node:assert/strict";
import { describeInVsCode } from "./support/describeInVsCode";
import { inferenceProcesses } from "./support/inferenceProcess";
import { until } from "../support/until";

describeInVsCode("The device", {}, (window) => {
	const item = (state: string) =>
		window().page.getByRole("button", { name: `Local LLM: ${state}`, exact: true });

	it("appears in the status bar, with the model and its state", async () => {
		await item("tiny-chat, not loaded").waitFor();
		await window().chat.ask("Who are you?");
		await item("tiny-chat, ready").waitFor();
	});

	it("is explained in a report that opens from the status bar", async () => {
		const { page, workbench } = window();
		await item("tiny-chat, ready").click();
		await workbench.choose("Show Device Report");
		await page.getByRole("tab", { name: /Device Report\.md$/, selected: true }).waitFor();
		const report = workbench.preview;
		await report.getByRole("heading", { name: "Local LLM: Device Report" }).waitFor();
		await report.getByText(/Layers: 0 of \d+ on the GPU/).waitFor();
		await report.getByText(/CPU: 1 thread/).waitFor();
		await window().screenshot("device-report");
		assert.equal(inferenceProcesses(window().serverPid).length, 1, "the model is still loaded");
		await workbench.runCommand("Local LLM: Copy Device Report");
		const copied = await until("the report is copied", () =>
			page.evaluate(() => navigator.clipboard.readText()),
		);
		assert.match(copied, /# Local LLM: Device Report/);
		assert.ok(!copied.includes(".gguf"));
	});

	it("is free again after Unload Model", async () => {
		await item("tiny-chat, ready").click();
		await window().workbench.choose("Unload Model");
		await item("tiny-chat, not loaded").waitFor();
		assert.equal(inferenceProcesses(window().serverPid).length, 0);
	});
});
