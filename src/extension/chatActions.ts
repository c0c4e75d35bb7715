import { commands, env, Uri } from "vscode";
import type { ChatAttachments } from "./chat/chatAttachments";
import type { ChatSession } from "./chat/chatSession";
import type { EditorTracker } from "./editor/editorTracker";
import { insertCode } from "./editor/insertCode";
import { revealCode } from "./editor/revealCode";
import type { SettingsStore } from "./settings";
import { UserError } from "./userError";
import type { ChatActions } from "./view/dispatchIntent";

export interface ChatActionParts {
	readonly session: ChatSession;
	readonly attachments: ChatAttachments;
	readonly editors: EditorTracker;
	readonly settings: SettingsStore;
	/** Opens the view that the person uses, with the focus in its composer. */
	readonly showChat: () => Promise<void> | void;
	readonly selectModel: () => Promise<void>;
	readonly showLog: () => void;
	readonly showCrashReport: (reportId: string) => Promise<void>;
}

/** What can be done from a chat view or by a command, each in terms of the part that does it. */
export function createChatActions(parts: ChatActionParts): ChatActions {
	const { session, attachments, editors, settings, showChat, selectModel } = parts;
	const { showLog, showCrashReport } = parts;
	return {
		submit: (turnId, text) => {
			session.submit(turnId, text);
		},
		stop: () => {
			session.stop();
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
		clear: () => {
			session.clear();
		},
		undoClear: () => {
			session.undoClear();
		},
		attachSelection: async () => {
			const editor = editors.lastActive("Open a file first: its code is what can be sent.");
			const { selectedCode } = await import("./onDemand");
			const foundRoom = attachments.add(await selectedCode(editor));
			await showChat();
			if (!foundRoom) {
				throw new UserError("No more code fits into one message. Send it, or remove some.");
			}
		},
		removeAttachment: (id) => {
			attachments.remove(id);
		},
		revealAttachment: async (id) => {
			const code = attachments.get(id);
			if (code) {
				await revealCode(code);
			}
		},
		chooseModel: selectModel,
		copyText: async (text) => {
			await env.clipboard.writeText(text);
		},
		insertCode: (code) => insertCode(code, editors),
		openLink: async (url) => {
			await env.openExternal(Uri.parse(url, true));
		},
		saveSettings: (chatSettings) => settings.saveChat(chatSettings),
		openVsCodeSettings,
		showLog,
		showCrashReport,
	};
}

/** Opens VS Code's own Settings editor at the settings of this extension. */
export async function openVsCodeSettings(): Promise<void> {
	await commands.executeCommand(
		"workbench.action.openSettings",
		"@ext:local-llm.local-llm-chatbot",
	);
}
