import type { Disposable } from "../base/disposableStore";

/** Every command that the manifest declares. A test keeps the two lists equal. */
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
	"localLlm.getStarted",
] as const;

export type CommandId = (typeof commandIds)[number];

/**
 * The handler of each command. The caller reports a rejection. `openChat` is missing because it works before there is a
 * composition.
 */
export type CommandHandlers = Readonly<
	Record<Exclude<CommandId, "localLlm.openChat">, () => Promise<void> | void>
>;

/** Registers every command; `carryOut` runs it and handles its failure. */
export function registerCommands(
	register: (id: CommandId, handler: () => Promise<void>) => Disposable,
	carryOut: (id: CommandId) => Promise<void>,
): Disposable[] {
	return commandIds.map((id) => register(id, () => carryOut(id)));
}
