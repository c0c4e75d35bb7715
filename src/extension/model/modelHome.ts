/** Where the extension runs, as VS Code tells. */
export interface WindowPlace {
	/** Kind of the remote that the window is connected to, such as "ssh-remote" or "wsl"; `undefined`: none. */
	readonly remoteName: string | undefined;
	/** The extension runs there, rather than on the machine in front of the person. */
	readonly runsRemotely: boolean;
	/** Of the machine that the extension runs on; `undefined` where it is not to be told. */
	readonly hostName: string | undefined;
}

const remoteTitles: Readonly<Record<string, string>> = {
	"ssh-remote": "SSH",
	wsl: "WSL",
	"dev-container": "a container",
	"attached-container": "a container",
	codespaces: "Codespaces",
	tunnel: "a tunnel",
};

/** @returns on which machine the model runs, as a clause: "on the remote machine “build-7”, reached through SSH" */
export function describeModelHome({ remoteName, runsRemotely, hostName }: WindowPlace): string {
	if (remoteName === undefined) {
		return "on this machine";
	}
	// What is not a kind is the address of a server.
	const title = remoteTitles[remoteName] ?? (/[:.]/.test(remoteName) ? "a server" : remoteName);
	const name = hostName === undefined ? "" : ` “${hostName}”`;
	return runsRemotely
		? `on the remote machine${name}, reached through ${title}`
		: `on the machine in front of you, not on the one that this window reaches through ${title}`;
}
