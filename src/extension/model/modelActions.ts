import type { QuickPickItem } from "vscode";
import { runningAnswer, type ChatState } from "../../protocol/chat/chat";
import type { CommandId } from "../commands/commands";
import { t } from "../../wording/localize";

interface ModelAction extends QuickPickItem {
	readonly command: CommandId;
}

/** Returns the actions for the model in its present state, most useful first. */
export function modelActions(chat: ChatState): readonly ModelAction[] {
	const isAnswering = runningAnswer(chat) !== undefined;
	const action = (icon: string, label: string, command: CommandId): ModelAction => ({
		label: `$(${icon}) ${label}`,
		command,
	});
	return [
		...(isAnswering ? [action("debug-stop", t("Stop Answer"), "localLlm.stop")] : []),
		action("comment-discussion", t("Open Chat"), "localLlm.openChat"),
		action("arrow-swap", t("Select Model"), "localLlm.selectModel"),
		...(chat.model.kind === "ready" && !isAnswering
			? [action("eject", t("Unload Model"), "localLlm.unloadModel")]
			: []),
		action("info", t("Show Device Report"), "localLlm.showDeviceReport"),
		action("settings-gear", t("Open Settings"), "localLlm.openSettings"),
		action("output", t("Show Log"), "localLlm.showLog"),
	];
}
