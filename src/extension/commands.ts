import type { RunAction } from "./actionRunner";
import type { Disposable } from "./disposableStore";

/** Every command that the manifest declares; a test holds the two lists equal. */
export const commandIds = [
	"localLlm.openChat",
	"localLlm.openChatInEditor",
	"localLlm.sendSelection",
	"localLlm.newChat",
	"localLlm.showHistory",
	"localLlm.exportChat",
	"localLlm.exportAllChats",
	"localLlm.importChats",
	"localLlm.clearChat",
	"localLlm.stop",
	"localLlm.openSettings",
	"localLlm.selectModel",
	"localLlm.unloadModel",
	"localLlm.showModelActions",
	"localLlm.showDeviceReport",
	"localLlm.copyDeviceReport",
	"localLlm.installCuda",
	"localLlm.showCrashReport",
	"localLlm.showLog",
] as const;

export type CommandId = (typeof commandIds)[number];

/** What each command does. A rejection is shown by whoever registers the table. */
export type CommandHandlers = Readonly<Record<CommandId, () => Promise<void> | void>>;

/** Registers the whole table; `run` carries out a handler and deals with its failure. */
export function registerCommands(
	register: (id: CommandId, handler: () => Promise<void>) => Disposable,
	handlers: CommandHandlers,
	run: RunAction,
): Disposable[] {
	return commandIds.map((id) => register(id, () => run(handlers[id])));
}
