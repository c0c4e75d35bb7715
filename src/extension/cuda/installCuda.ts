import { ProgressLocation, window } from "vscode";
import { describeFetch } from "../../wording/describeFetch";
import { formatBytes } from "../../wording/format";
import { UserError } from "../base/userError";
import type { CudaInstaller } from "./cudaInstaller";
import { t } from "../../wording/localize";

/**
 * Installs CUDA support once the user confirms, and shows the progress.
 *
 * @returns whether it was installed; `false` if it already was, or if the user declined or canceled
 * @throws {UserError} if this system is not supported
 */
export async function installCuda(installer: CudaInstaller): Promise<boolean> {
	if (!installer.isAvailable) {
		throw new UserError(t("CUDA support requires Linux or Windows on an x64 processor."));
	}
	if (installer.isInstalled) {
		void window.showInformationMessage(
			t(
				"CUDA support is already installed. Run “Local LLM: Show Device Report” to see whether it can be used.",
			),
		);
		return false;
	}
	return window.withProgress(
		{
			location: ProgressLocation.Notification,
			title: t("Installing CUDA support"),
			cancellable: true,
		},
		async (notification, token) => {
			const stop = new AbortController();
			const subscription = token.onCancellationRequested(() => {
				stop.abort();
			});
			try {
				const found = await installer.locate(stop.signal);
				if (!found || !(await confirm(found.totalBytes, found.host, installer.engineFolder))) {
					return false;
				}
				let shownPercent = 0;
				return await installer.install((progress) => {
					const percent = (100 * progress.receivedBytes) / progress.totalBytes;
					const increment = Math.max(0, percent - shownPercent);
					shownPercent += increment;
					notification.report({ message: describeFetch(progress), increment });
				}, stop.signal);
			} finally {
				subscription.dispose();
			}
		},
	);
}

async function confirm(totalBytes: number, host: string, folder: string): Promise<boolean> {
	const install = t("Install");
	const answer = await window.showInformationMessage(
		t("Install CUDA support?"),
		{
			modal: true,
			detail: [
				t("{0} from {1}, stored in {2}.", formatBytes(totalBytes), host, folder),
				"",
				t(
					"Models then run on NVIDIA GPUs with CUDA instead of Vulkan. The NVIDIA driver must already be installed.",
				),
			].join("\n"),
		},
		install,
	);
	return answer === install;
}
