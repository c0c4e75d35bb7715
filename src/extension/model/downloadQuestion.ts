import { window } from "vscode";
import { formatBytes } from "../../wording/format";
import { describeFit } from "../../wording/describeFit";
import type { DownloadQuestion } from "../download/modelFetcher";

/** Asks before anything is fetched. @returns whether the person agreed. */
export async function confirmDownload(model: DownloadQuestion): Promise<boolean> {
	const download = model.receivedBytes > 0 ? "Resume Download" : "Download";
	const answer = await window.showInformationMessage(
		`Download ${model.fileName}?`,
		{ modal: true, detail: describeQuestion(model) },
		download,
	);
	return answer === download;
}

/** @returns all that a person should know before a download, a line each. */
function describeQuestion(model: DownloadQuestion): string {
	const { totalBytes, receivedBytes, freeBytes, host, directory, license, fit } = model;
	const already = receivedBytes > 0 ? `, of which ${formatBytes(receivedBytes)} are here` : "";
	return [
		`${formatBytes(totalBytes)} from ${host}${already}`,
		...(license === null ? [] : [`Licence: ${license}`]),
		...(fit === undefined ? [] : [`On this machine: ${describeFit(fit)}`]),
		`Kept in ${directory}${freeBytes === null ? "" : `, where ${formatBytes(freeBytes)} is free`}`,
		"",
		"It is downloaded once and used from there; what you write never leaves this machine.",
	].join("\n");
}
