import { assertNever } from "../../protocol/assertNever";
import type { ChatSettings } from "../../protocol/chat/chat";
import type { AttachmentId, TurnId } from "../../protocol/chat/ids";
import type { UserIntent } from "./viewChannel";

type Doing = Promise<void> | void;

/** What can be done from a chat view. */
export interface ChatActions {
	readonly draftTyped: (text: string) => Doing;
	readonly enlargeContext: () => Doing;
	readonly summarize: () => Doing;
	readonly submit: (turnId: TurnId, text: string) => Doing;
	readonly stop: () => Doing;
	readonly answerNow: (answerId: TurnId) => Doing;
	readonly chooseThinking: () => Doing;
	readonly retry: () => Doing;
	readonly retryOnCpu: () => Doing;
	readonly dismissRefusal: () => Doing;
	readonly clear: () => Doing;
	readonly undo: () => Doing;
	readonly newChat: () => Doing;
	readonly showHistory: () => Doing;
	readonly renameChat: () => Doing;
	readonly regenerate: (answerId: TurnId) => Doing;
	readonly continueAnswer: (answerId: TurnId) => Doing;
	readonly edit: (editedId: TurnId, turnId: TurnId, text: string) => Doing;
	readonly showVersion: (turnId: TurnId) => Doing;
	readonly deleteTurn: (turnId: TurnId) => Doing;
	readonly sendQueued: () => Doing;
	readonly removeQueued: () => Doing;
	readonly showDamagedFile: () => Doing;
	readonly attachSelection: () => Doing;
	readonly attachText: (id: AttachmentId, text: string) => Doing;
	readonly removeAttachment: (id: AttachmentId) => Doing;
	readonly revealAttachment: (id: AttachmentId) => Doing;
	readonly chooseModel: () => Doing;
	readonly copyText: (text: string) => Doing;
	readonly insertCode: (code: string) => Doing;
	readonly openDiagram: (source: string) => Doing;
	readonly openLink: (url: string) => Doing;
	readonly saveSettings: (settings: ChatSettings) => Doing;
	readonly openVsCodeSettings: () => Doing;
	readonly showLog: () => Doing;
	readonly showCrashReport: (reportId: string) => Doing;
}

/** Calls the one action that an intent stands for. */
export function dispatchIntent(intent: UserIntent, actions: ChatActions): Doing {
	switch (intent.type) {
		case "draftTyped":
			return actions.draftTyped(intent.text);
		case "enlargeContext":
			return actions.enlargeContext();
		case "summarize":
			return actions.summarize();
		case "submit":
			return actions.submit(intent.turnId, intent.text);
		case "stop":
			return actions.stop();
		case "answerNow":
			return actions.answerNow(intent.answerId);
		case "chooseThinking":
			return actions.chooseThinking();
		case "retry":
			return actions.retry();
		case "retryOnCpu":
			return actions.retryOnCpu();
		case "dismissRefusal":
			return actions.dismissRefusal();
		case "clear":
			return actions.clear();
		case "undo":
			return actions.undo();
		case "newChat":
			return actions.newChat();
		case "showHistory":
			return actions.showHistory();
		case "renameChat":
			return actions.renameChat();
		case "regenerate":
			return actions.regenerate(intent.answerId);
		case "continue":
			return actions.continueAnswer(intent.answerId);
		case "edit":
			return actions.edit(intent.editedId, intent.turnId, intent.text);
		case "showVersion":
			return actions.showVersion(intent.turnId);
		case "deleteTurn":
			return actions.deleteTurn(intent.turnId);
		case "sendQueued":
			return actions.sendQueued();
		case "removeQueued":
			return actions.removeQueued();
		case "showDamagedFile":
			return actions.showDamagedFile();
		case "attachSelection":
			return actions.attachSelection();
		case "attachText":
			return actions.attachText(intent.attachmentId, intent.text);
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
		case "openDiagram":
			return actions.openDiagram(intent.text);
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
