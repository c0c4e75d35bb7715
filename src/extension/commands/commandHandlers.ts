import type { ChatStore } from "../chat/chatStore";
import type { ShownChat } from "../chat/shownChat";
import type { CommandHandlers } from "./commands";
import type { FirstSteps } from "./firstSteps";
import type { CrashReportView } from "../reports/crashReportView";
import type { DeviceReportView } from "../reports/deviceReportView";
import { showModelActions } from "../model/showModelActions";
import type { DeferredModelSide } from "../composition/deferredModelSide";
import type { LanguageModel } from "../inference/languageModel";
import type { Log } from "../base/log";
import type { ChatPanel } from "../view/chatPanel";
import type { UserIntent } from "../view/viewChannel";

export interface CommandHandlerParts {
	/** Performs an intent as if a view had sent it. */
	readonly perform: (intent: UserIntent) => Promise<void> | void;
	readonly store: ChatStore;
	readonly shown: ShownChat;
	readonly languageModel: LanguageModel;
	readonly loadModelSide: DeferredModelSide["load"];
	readonly panel: ChatPanel;
	readonly deviceReport: DeviceReportView;
	readonly crashReports: CrashReportView;
	readonly firstSteps: FirstSteps;
	/** The process that reads exports of other programs, and the log. */
	readonly imports: { readonly modulePath: string; readonly log: Log };
}

/** Returns the handler of each command. It only names the part that does the work. */
export function createCommandHandlers(parts: CommandHandlerParts): CommandHandlers {
	const { perform, store, shown, languageModel, panel, deviceReport, crashReports } = parts;
	return {
		"localLlm.openChatInEditor": () => {
			panel.show();
		},
		"localLlm.sendSelection": () => perform({ type: "attachSelection" }),
		"localLlm.newChat": () => perform({ type: "newChat" }),
		"localLlm.showHistory": () => perform({ type: "showHistory" }),
		"localLlm.exportChat": async () => {
			const { onDemand } = await import("../composition/onDemand");
			await shown.start();
			if (shown.chat) {
				await onDemand.exchangeCommands.exportChat(shown.chat.conversation);
			}
		},
		"localLlm.exportAllChats": async () => {
			const { onDemand } = await import("../composition/onDemand");
			await onDemand.exchangeCommands.exportAllChats(await shown.library());
		},
		"localLlm.importChats": async () => {
			const { onDemand } = await import("../composition/onDemand");
			await onDemand.exchangeCommands.importChats({
				...parts.imports,
				library: await shown.library(),
				showHistory: () => perform({ type: "showHistory" }),
			});
		},
		"localLlm.clearChat": () => perform({ type: "clear" }),
		"localLlm.stop": () => perform({ type: "stop" }),
		"localLlm.openSettings": () => perform({ type: "openVsCodeSettings" }),
		"localLlm.selectModel": () => perform({ type: "chooseModel" }),
		"localLlm.unloadModel": () => languageModel.unload(),
		"localLlm.showModelActions": () => showModelActions(store.state),
		"localLlm.showDeviceReport": () => deviceReport.show(),
		"localLlm.copyDeviceReport": () => deviceReport.copy(),
		"localLlm.installCuda": async () => {
			const { onDemand } = await import("../composition/onDemand");
			const { cuda } = await parts.loadModelSide();
			if (await onDemand.installCuda(cuda)) {
				// The next message loads the model again, now with CUDA available.
				await languageModel.unload();
				await deviceReport.show();
			}
		},
		"localLlm.showCrashReport": () => crashReports.show(),
		"localLlm.showLog": () => perform({ type: "showLog" }),
		"localLlm.getStarted": () => parts.firstSteps.open(),
	};
}
