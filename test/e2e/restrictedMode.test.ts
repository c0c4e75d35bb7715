import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { describeInVsCode } from "./support/describeInVsCode";
import { until } from "../support/until";

describeInVsCode(
	"Restricted Mode",
	{
		trusted: false,
		arrange: async (folder) => {
			await mkdir(path.join(folder, ".vscode"));
			await writeFile(
				path.join(folder, ".vscode/settings.json"),
				JSON.stringify({
					"localLlm.model": "/absent/of-the-workspace.gguf",
					"localLlm.systemPrompt": "You are Bolton, a brave pirate.",
				}),
			);
		},
	},
	(window) => {
		it("chats, with neither model nor system prompt of the workspace", async () => {
			const { chat, page } = window();
			await page.getByText("Restricted Mode").first().waitFor();
			const answer = await chat.ask("Who are you?");

			assert.match(await answer.innerText(), /I am a tiny demo model\./);
			assert.match(await chat.systemMessage.innerText(), /You are a helpful assistant\./);
			assert.match(await chat.status.innerText(), /Tiny Chat Demo/);
		});

		it("ends when the folder is trusted: then its system prompt is in force, its model still is not", async () => {
			const { chat, workbench, page } = window();
			await workbench.runCommand("Workspaces: Manage Workspace Trust");
			await page.getByRole("button", { name: "Trust", exact: true }).click();
			await until("the system prompt of the workspace is in force", async () =>
				(await chat.systemMessage.innerText()).includes("Bolton"),
			);
			const answer = await chat.ask("Who are you?");

			assert.match(await answer.innerText(), /I am Bolton, a brave pirate\./);
			assert.match(await chat.status.innerText(), /Tiny Chat Demo/);
		});
	},
);
