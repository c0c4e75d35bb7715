import { commands, window, type ExtensionContext } from "vscode";
import { createActionRunner } from "./commands/actionRunner";
import { registerCommands } from "./commands/commands";
import type { ExtensionApi } from "./composition/extensionApi";
import { LateComposition } from "./composition/lateComposition";
import { cleanLog } from "./base/log";
import { chatPanelType, chatViewId, focusChatView } from "./view/chatPlaces";

let composition: LateComposition | undefined;

/** Registers commands and views. Nothing is composed, read, started, or loaded until it is needed. */
export function activate(context: ExtensionContext): ExtensionApi {
	// Outlives the composition, because parts that end late still log, and a closed channel stays closed even under the
	// same name.
	const output = window.createOutputChannel("Local LLM Chatbot", { log: true });
	const showLog = (): void => {
		output.show();
	};
	const log = cleanLog(output);
	const run = createActionRunner(log, showLog);
	const late = new LateComposition({ context, log, run, showLog });
	composition = late;
	const openChat = async (): Promise<void> => {
		// Meanwhile, VS Code shows the view, which takes longer.
		const focused = commands.executeCommand(focusChatView);
		(await late.get()).view.focusComposer();
		await focused;
	};
	context.subscriptions.push(
		output,
		window.registerWebviewViewProvider(chatViewId, {
			resolveWebviewView: async (view) => {
				await (await late.get()).view.resolveWebviewView(view);
			},
		}),
		window.registerWebviewPanelSerializer(chatPanelType, {
			deserializeWebviewPanel: async (panel) => {
				(await late.get()).panel.deserializeWebviewPanel(panel);
			},
		}),
		...registerCommands(
			(id, handler) => commands.registerCommand(id, handler),
			(id) =>
				run(
					id === "localLlm.openChat"
						? openChat
						: async () => (await late.get()).commandHandlers[id](),
				),
		),
	);
	return {
		chat: async () => (await late.get()).chat,
		storageFolder: context.globalStorageUri.fsPath,
		recompose: async (createBackend) => (await late.renew(createBackend)).chat,
	};
}

/** Stops the inference process within a bounded time. */
export async function deactivate(): Promise<void> {
	await composition?.stop();
	composition = undefined;
}
