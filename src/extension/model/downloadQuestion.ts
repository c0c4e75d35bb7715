import { window } from "vscode";
import { formatBytes } from "../../wording/format";
import { describeFit } from "../../wording/describeFit";
import type { DownloadQuestion } from "../download/modelFetcher";
import { t } from "../../wording/localize";

/** Asks before a download. @returns whether the user agreed */
export async function confirmDownload(model: DownloadQuestion): Promise<boolean> {
	const download = model.receivedBytes > 0 ? t("Resume Download") : t("Download");
	const answer = await window.showInformationMessage(
		t("Download {0}?", model.fileName),
		{ modal: true, detail: describeQuestion(model) },
		download,
	);
	return answer === download;
}

/** Returns what the user should know before a download, one fact per line. */
function describeQuestion(model: DownloadQuestion): string {
	const { totalBytes, receivedBytes, freeBytes, host, directory, license, fit } = model;
	const size = formatBytes(totalBytes);
	return [
		receivedBytes > 0
			? t("{0} from {1}; {2} is already here", size, host, formatBytes(receivedBytes))
			: t("{0} from {1}", size, host),
		...(license === null ? [] : [t("License: {0}", license)]),
		...(fit === undefined ? [] : [t("On this machine: {0}", describeFit(fit))]),
		freeBytes === null
			? t("Stored in {0}", directory)
			: t("Stored in {0}, where {1} is free", directory, formatBytes(freeBytes)),
		"",
		t("The model is downloaded once. What you write never leaves this machine."),
	].join("\n");
}
