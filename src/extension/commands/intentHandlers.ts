import { commands, env, Uri, window } from "vscode";
import { askTitle } from "../ui/askTitle";
import type { ChatAttachments } from "../chat/chatAttachments";
import type { ChatSession } from "../chat/chatSession";
import { noRoomForCode } from "../chat/noRoomForCode";
import { pastedText } from "../chat/pastedText";
import type { ShownChat } from "../chat/shownChat";
import { titleByUser, titleOf } from "../conversation/title";
import type { ContextActions } from "./contextActions";
import type { CodeAttacher } from "../editor/codeAttacher";
import { openDiagram } from "../editor/diagramPages";
import type { EditorTracker } from "../editor/editorTracker";
import { insertCode } from "../editor/insertCode";
import { revealCode } from "../editor/revealCode";
import type { SettingsStore } from "../settings/settings";
import type { IntentHandlers } from "../view/performIntent";

export interface IntentHandlerParts {
	readonly session: ChatSession;
	readonly shown: ShownChat;
	readonly attachments: ChatAttachments;
	readonly attacher: CodeAttacher;
	readonly editors: EditorTracker;
	readonly settings: SettingsStore;
	readonly contextActions: ContextActions;
	/** Opens the view that is in use, with the focus in its composer. */
	readonly showChat: () => Promise<void> | void;
	readonly selectModel: () => Promise<void>;
	readonly showHistory: () => Promise<void>;
	/** Deletes every cached prompt. */
	readonly clearPromptCache: () => Promise<void>;
	readonly showLog: () => void;
	readonly showCrashReport: (reportId: string) => Promise<void>;
}

/** Returns the handler of each intent. */
// eslint-disable-next-line max-lines-per-function -- it lists all of them
export function createIntentHandlers(parts: IntentHandlerParts): IntentHandlers {
	const { session, shown, attachments, attacher, editors, settings, showChat } = parts;
	return {
		...parts.contextActions,
		submit: async ({ turnId, text }) => {
			await shown.start();
			const { chat } = shown;
			await attacher.settled;
			// In another chat the message would be lost. The view still has its text.
			if (shown.chat === chat) {
				session.submit(turnId, text);
			}
		},
		stop: () => {
			session.stop();
		},
		answerNow: ({ answerId }) => {
			session.answerNow(answerId);
		},
		retry: () => {
			session.retry();
		},
		retryOnCpu: async () => {
			await settings.turnGpuOff();
			session.retry();
		},
		dismissRefusal: () => {
			session.dismissRefusal();
		},
		clear: () => session.clear(),
		undo: () => session.undo(),
		newChat: async () => {
			await session.newChat();
			await showChat();
		},
		showHistory: parts.showHistory,
		renameChat: () => renameChat(shown),
		regenerate: ({ answerId }) => {
			session.regenerate(answerId);
		},
		continue: ({ answerId }) => {
			session.continueAnswer(answerId);
		},
		edit: ({ editedId, turnId, text }) => {
			session.edit(editedId, turnId, text);
		},
		showVersion: ({ turnId }) => {
			session.showVersion(turnId);
		},
		deleteTurn: async ({ turnId }) => {
			session.deleteTurn(turnId);
			await parts.clearPromptCache();
		},
		sendQueued: () => {
			session.sendQueued();
		},
		removeQueued: () => {
			session.removeQueued();
		},
		showDamagedFile: async () => {
			const keptAt = shown.chat?.fileState.damage?.keptAt;
			if (keptAt !== undefined) {
				await window.showTextDocument(Uri.file(keptAt));
			}
		},
		attachSelection: () => attacher.attach(showChat),
		attachText: ({ attachmentId, text }) => {
			if (!attachments.add([pastedText(attachmentId, text)])) {
				throw noRoomForCode();
			}
		},
		removeAttachment: ({ attachmentId }) => {
			attachments.remove(attachmentId);
		},
		revealAttachment: async ({ attachmentId }) => {
			const code = attachments.get(attachmentId) ?? shown.codeOf(attachmentId);
			if (code) {
				await revealCode(code);
			}
		},
		chooseModel: parts.selectModel,
		copyText: async ({ text }) => {
			await env.clipboard.writeText(text);
		},
		insertCode: ({ text }) => insertCode(text, editors),
		openDiagram: ({ text }) => openDiagram(text),
		openLink: async ({ url }) => {
			await env.openExternal(Uri.parse(url, true));
		},
		saveSettings: (intent) => settings.saveChat(intent.settings),
		openVsCodeSettings,
		showLog: parts.showLog,
		showCrashReport: ({ reportId }) => parts.showCrashReport(reportId),
	};
}

/** Opens VS Code's Settings editor at the settings of this extension. */
export async function openVsCodeSettings(): Promise<void> {
	await commands.executeCommand(
		"workbench.action.openSettings",
		"@ext:local-llm.local-llm-chatbot",
	);
}

/** Asks for the chat's new title, and saves it. */
async function renameChat(shown: ShownChat): Promise<void> {
	const { chat } = shown;
	if (
		!chat ||
		chat.fileState.newerVersion !== undefined ||
		chat.conversation.headId === undefined
	) {
		return;
	}
	const title = await askTitle(titleOf(chat.conversation));
	if (title !== undefined) {
		chat.write([titleByUser(title)], "durable");
		shown.refresh(chat);
	}
}
