import { commands, window, type ExtensionContext } from "vscode";
import { createActionRunner } from "./commands/actionRunner";
import { registerCommands } from "./commands/commands";
import type { ExtensionApi } from "./composition/extensionApi";
import { LateComposition } from "./composition/lateComposition";
import { cleanLog } from "./base/log";
import { chatPanelType, chatViewId, focusChatView } from "./view/chatPlaces";

let composition: LateComposition | undefined;

/** Registers what can be asked for. Nothing is put together, read, started or loaded before somebody asks. */
export function activate(context: ExtensionContext): ExtensionApi {
	// It outlives the composition: what ends late still logs, and a channel of a closed one's name stays closed.
	const output = window.createOutputChannel("Local LLM Chatbot", { log: true });
	const showLog = (): void => {
		output.show();
	};
	const log = cleanLog(output);
	const run = createActionRunner(log, showLog);
	const late = new LateComposition({ context, log, run, showLog });
	composition = late;
	const openChat = async (): Promise<void> => {
		// VS Code shows the view meanwhile, which takes it longer.
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

/** Ends the process that runs the model, within a bounded time. */
export async function deactivate(): Promise<void> {
	await composition?.stop();
	composition = undefined;
}
