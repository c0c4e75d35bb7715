import { commands, window } from "vscode";
import type { ChatState } from "../../protocol/chat/chat";
import { modelActions } from "./modelActions";

/** Offers what can be done with the model, and does what is chosen. */
export async function showModelActions(chat: ChatState): Promise<void> {
	const chosen = await window.showQuickPick(modelActions(chat), {
		placeHolder: "What to do with the model",
	});
	if (chosen) {
		await commands.executeCommand(chosen.command);
	}
}
