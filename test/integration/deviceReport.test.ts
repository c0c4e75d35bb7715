import assert from "node:assert/strict";
import os from "node:os";
import { commands, env, Uri, window, workspace } from "vscode";
import { until } from "../support/until";
import { startChat } from "./extension";

const reportUri = Uri.from({ scheme: "local-llm-report", path: "/Device Report.md" });

describe("the device report", () => {
	before(startChat);

	it("opens rendered, from a Markdown document that is never saved", async () => {
		await commands.executeCommand("localLlm.showDeviceReport");
		await until("its preview is open", () =>
			window.tabGroups.activeTabGroup.activeTab?.label.endsWith("Device Report.md"),
		);
		const document = await workspace.openTextDocument(reportUri);
		assert.equal(document.languageId, "markdown");
		assert.equal(document.isDirty, false);
		assert.match(document.getText(), /^# Local LLM: Device Report\n/);
		assert.match(document.getText(), /- File: \/models\/stepped\.gguf\n/);
		assert.match(document.getText(), /\*\*Vulkan\*\*: its process ended while loading \(SIGSEGV\)/);
	});

	it("is copied without paths and the name of the machine", async () => {
		await env.clipboard.writeText("");
		await commands.executeCommand("localLlm.copyDeviceReport");
		const copied = await until("the report is copied", async () => env.clipboard.readText());
		assert.match(copied, /^# Local LLM: Device Report\n/);
		assert.doesNotMatch(copied, /\/models\//);
		assert.ok(!copied.includes(`“${os.hostname()}”`));
		assert.match(copied, /The model runs on /);
	});

	it("offers Copy above the first line of its source", async () => {
		const lenses = await commands.executeCommand<readonly { command?: { command: string } }[]>(
			"vscode.executeCodeLensProvider",
			reportUri,
			10,
		);
		assert.deepEqual(
			lenses.map(({ command }) => command?.command),
			["localLlm.copyDeviceReport", "localLlm.showDeviceReport"],
		);
	});
});
