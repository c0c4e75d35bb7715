import { window } from "vscode";
import { formatBytes } from "../../protocol/format";
import type { DownloadQuestion } from "../inference/obtainModel";

/** Asks before anything is fetched. @returns whether the person agreed. */
export async function confirmDownload(model: DownloadQuestion): Promise<boolean> {
	const download = "Download";
	const answer = await window.showInformationMessage(
		`Download ${model.fileName}?`,
		{
			modal: true,
			detail: `${formatBytes(model.totalBytes)} from ${model.host}. It is kept on this machine and used from there; what you write never leaves it.`,
		},
		download,
	);
	return answer === download;
}
