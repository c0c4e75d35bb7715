import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { ChatView } from "./support/chatView";
import { describeInVsCode } from "./support/describeInVsCode";
import { until } from "../support/until";

/** Asserts that neither the model nor its device comes from the workspace. */
async function assertOwnMachine(chat: ChatView): Promise<void> {
	const status = await chat.status.innerText();
	assert.match(status, /^tiny-chat · /);
	assert.doesNotMatch(status, /7 threads|CUDA/);
}

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
					// Each of these would keep the demo model from answering, or show below the message.
					"localLlm.contextSize": 16,
					"localLlm.gpu": "cuda",
					"localLlm.gpuLayers": 1000,
					"localLlm.threads": 7,
					"localLlm.modelEndpoint": "https://attacker.invalid",
				}),
			);
		},
	},
	(window) => {
		it("uses neither the model nor the system prompt of the workspace, and runs on the device in the machine's settings", async () => {
			const { chat, page } = window();
			await page.getByText("Restricted Mode").first().waitFor();
			const answer = await chat.ask("Who are you?");

			assert.match(await answer.innerText(), /I am a tiny demo model\./);
			assert.match(await chat.systemMessage.innerText(), /You are a helpful assistant\./);
			await assertOwnMachine(chat);
		});

		it("ends when the folder is trusted: its system prompt applies, its model still does not", async () => {
			const { chat, workbench, page } = window();
			await workbench.runCommand("Workspaces: Manage Workspace Trust");
			await page.getByRole("button", { name: "Trust", exact: true }).click();
			await until("the system prompt of the workspace is in force", async () =>
				(await chat.systemMessage.innerText()).includes("Bolton"),
			);
			const answer = await chat.ask("Who are you?");

			assert.match(await answer.innerText(), /I am Bolton, a brave pirate\./);
			await assertOwnMachine(chat);
		});
	},
);
