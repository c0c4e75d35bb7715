import type { QuickPickItem } from "vscode";
import { runningAnswer, type ChatState } from "../../protocol/chat/chat";
import type { CommandId } from "../commands/commands";

interface ModelAction extends QuickPickItem {
	readonly command: CommandId;
}

/** @returns what can be done with the model as it is now, most useful first. */
export function modelActions(chat: ChatState): readonly ModelAction[] {
	const isAnswering = runningAnswer(chat) !== undefined;
	const action = (icon: string, label: string, command: CommandId): ModelAction => ({
		label: `$(${icon}) ${label}`,
		command,
	});
	return [
		...(isAnswering ? [action("debug-stop", "Stop Answer", "localLlm.stop")] : []),
		action("comment-discussion", "Open Chat", "localLlm.openChat"),
		action("arrow-swap", "Select Model", "localLlm.selectModel"),
		...(chat.model.kind === "ready" && !isAnswering
			? [action("eject", "Unload Model", "localLlm.unloadModel")]
			: []),
		action("info", "Show Device Report", "localLlm.showDeviceReport"),
		action("settings-gear", "Open Settings", "localLlm.openSettings"),
		action("output", "Show Log", "localLlm.showLog"),
	];
}
