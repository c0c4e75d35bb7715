import { commands, window } from "vscode";
import type { ChatState } from "../../protocol/chat/chat";
import { modelActions } from "./modelActions";
import { t } from "../../wording/localize";

/** Shows the actions for the model, and runs the one that the user chooses. */
export async function showModelActions(chat: ChatState): Promise<void> {
	const chosen = await window.showQuickPick(modelActions(chat), {
		placeHolder: t("Model actions"),
	});
	if (chosen) {
		await commands.executeCommand(chosen.command);
	}
}
