import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { commands, Uri, workspace } from "vscode";
import { exportChat } from "../../src/extension/exchange/exportChats";
import { vsCodeDialogs } from "../../src/extension/exchange/vsCodeDialogs";
import { startChat } from "./extension";

describe("Export Chat, in VS Code", () => {
	const folder = workspace.workspaceFolders![0]!.uri;
	const file = Uri.joinPath(folder, "What is exported.md");

	afterEach(() => rm(file.fsPath, { force: true }));

	/** Presses Enter in any open dialog until `asked` resolves: nothing signals when it accepts keys. */
	async function accepting<T>(asked: Promise<T>): Promise<T> {
		const pressing = new AbortController();
		const pressed = (async () => {
			while (!pressing.signal.aborted) {
				await setTimeout(200);
				await commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
			}
		})();
		try {
			return await asked;
		} finally {
			pressing.abort();
			await pressed;
		}
	}

	it("asks how and where, and writes the chat there", async () => {
		const { chat } = await startChat();
		chat.shown.chat!.write(
			[
				{
					type: "turn",
					parentId: null,
					turn: {
						role: "user",
						id: "message",
						sentAtMs: 1,
						text: "What is exported",
						attachments: [],
					},
				},
			],
			"now",
		);
		const { conversation } = chat.shown.chat!;
		await accepting(exportChat(conversation, vsCodeDialogs, Date.now()));
		assert.match(
			await readFile(file.fsPath, "utf8"),
			/^# What is exported\n[\s\S]*\n## You\n\nWhat is exported\n$/,
		);
	});
});
