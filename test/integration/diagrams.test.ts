import assert from "node:assert/strict";
import { commands, Uri, window, workspace } from "vscode";
import { canDrawDiagrams, diagramPageScheme } from "../../src/extension/editor/diagramPages";
import { until } from "../support/until";
import { startChat, type RunningChat } from "./extension";

describe("A diagram", () => {
	let running: RunningChat;
	before(async () => {
		running = await startChat();
	});
	afterEach(() => commands.executeCommand("workbench.action.closeAllEditors"));

	it("can be opened where VS Code's preview draws it, as this version does", () => {
		assert.equal(canDrawDiagrams(), true);
	});

	it("opens in VS Code's own preview, whatever fences its source contains", async () => {
		const source = "graph TD\n  A[```] --> B";
		await running.chat.perform({ type: "openDiagram", text: source });
		await until("its preview is open", () =>
			window.tabGroups.activeTabGroup.tabs.some(({ label }) => label.includes("Diagram.md")),
		);
		const page = Uri.from({ scheme: diagramPageScheme, path: "/Diagram.md", query: source });
		const text = (await workspace.openTextDocument(page)).getText();
		assert.equal(text, "````mermaid\ngraph TD\n  A[```] --> B\n````");
	});

	it("that is too long is refused with a reason", async () => {
		await assert.rejects(
			async () => running.chat.perform({ type: "openDiagram", text: "x".repeat(50_001) }),
			/too long to draw/,
		);
	});
});
