import { t } from "../../wording/localize";

/** Where the extension runs, according to VS Code. */
export interface WindowPlace {
	/** The kind of the remote that the window is connected to, such as "ssh-remote" or "wsl"; `undefined` for none. */
	readonly remoteName: string | undefined;
	/** Whether the extension runs on the remote machine. */
	readonly runsRemotely: boolean;
	/** The name of the machine that the extension runs on; `undefined` to leave it out. */
	readonly hostName: string | undefined;
}

function remoteTitle(remoteName: string): string {
	switch (remoteName) {
		case "ssh-remote":
			return t("SSH");
		case "wsl":
			return t("WSL");
		case "dev-container":
		case "attached-container":
			return t("a container");
		case "codespaces":
			return t("Codespaces");
		case "tunnel":
			return t("a tunnel");
		default:
			// Any other name is an address or a kind of remote that this version does not know.
			return /[:.]/.test(remoteName) ? t("a server") : remoteName;
	}
}

/** Returns a sentence that says on which machine the model runs. */
export function describeModelHome({ remoteName, runsRemotely, hostName }: WindowPlace): string {
	if (remoteName === undefined) {
		return t("The model runs on this machine.");
	}
	const title = remoteTitle(remoteName);
	if (!runsRemotely) {
		return t(
			"The model runs on the machine in front of you, not on the remote machine of this window ({0}).",
			title,
		);
	}
	return hostName === undefined
		? t("The model runs on the remote machine, reached through {0}.", title)
		: t("The model runs on the remote machine “{0}”, reached through {1}.", hostName, title);
}
