import { assertNever } from "../../protocol/assertNever";
import type { AttachmentId, ChatSettings, TurnId } from "../../protocol/chat";
import type { UserIntent } from "./viewChannel";

type Doing = Promise<void> | void;

/** What can be done from a chat view. */
export interface ChatActions {
	readonly submit: (turnId: TurnId, text: string) => Doing;
	readonly stop: () => Doing;
	readonly retry: () => Doing;
	readonly retryOnCpu: () => Doing;
	readonly dismissRefusal: () => Doing;
	readonly clear: () => Doing;
	readonly undoClear: () => Doing;
	readonly attachSelection: () => Doing;
	readonly removeAttachment: (id: AttachmentId) => Doing;
	readonly revealAttachment: (id: AttachmentId) => Doing;
	readonly chooseModel: () => Doing;
	readonly copyText: (text: string) => Doing;
	readonly insertCode: (code: string) => Doing;
	readonly openLink: (url: string) => Doing;
	readonly saveSettings: (settings: ChatSettings) => Doing;
	readonly openVsCodeSettings: () => Doing;
	readonly showLog: () => Doing;
	readonly showCrashReport: (reportId: string) => Doing;
}

/** Calls the one action that an intent stands for. */
export function dispatchIntent(intent: UserIntent, actions: ChatActions): Doing {
	switch (intent.type) {
		case "submit":
			return actions.submit(intent.turnId, intent.text);
		case "stop":
			return actions.stop();
		case "retry":
			return actions.retry();
		case "retryOnCpu":
			return actions.retryOnCpu();
		case "dismissRefusal":
			return actions.dismissRefusal();
		case "clear":
			return actions.clear();
		case "undoClear":
			return actions.undoClear();
		case "attachSelection":
			return actions.attachSelection();
		case "removeAttachment":
			return actions.removeAttachment(intent.attachmentId);
		case "revealAttachment":
			return actions.revealAttachment(intent.attachmentId);
		case "chooseModel":
			return actions.chooseModel();
		case "copyText":
			return actions.copyText(intent.text);
		case "insertCode":
			return actions.insertCode(intent.text);
		case "openLink":
			return actions.openLink(intent.url);
		case "saveSettings":
			return actions.saveSettings(intent.settings);
		case "openVsCodeSettings":
			return actions.openVsCodeSettings();
		case "showLog":
			return actions.showLog();
		case "showCrashReport":
			return actions.showCrashReport(intent.reportId);
		default:
			return assertNever(intent);
	}
}
