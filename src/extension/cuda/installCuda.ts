import { ProgressLocation, window } from "vscode";
import { describeFetch } from "../../wording/describeFetch";
import { formatBytes } from "../../wording/format";
import { UserError } from "../base/userError";
import type { CudaInstaller } from "./cudaInstaller";

/**
 * Installs CUDA support after one question, with progress.
 *
 * @returns whether it was installed.
 * @throws {UserError} where there is none for this system.
 */
export async function installCuda(installer: CudaInstaller): Promise<boolean> {
	if (!installer.isAvailable) {
		throw new UserError(
			"There is no CUDA support for this system: it needs Linux or Windows on an x64 processor.",
		);
	}
	if (installer.isInstalled) {
		void window.showInformationMessage(
			"CUDA support is installed. Local LLM: Show Device Report says whether it can be used.",
		);
		return false;
	}
	return window.withProgress(
		{
			location: ProgressLocation.Notification,
			title: "Installing CUDA support",
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
	const install = "Install";
	const answer = await window.showInformationMessage(
		"Install CUDA support?",
		{
			modal: true,
			detail: [
				`${formatBytes(totalBytes)} from ${host}, kept in ${folder}`,
				"",
				"It lets models run on NVIDIA GPUs with CUDA in place of Vulkan. The NVIDIA driver must be installed already.",
			].join("\n"),
		},
		install,
	);
	return answer === install;
}
