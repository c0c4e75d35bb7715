import { ProgressLocation, window, type Progress } from "vscode";
import { describeFetch } from "../../wording/describeFetch";
import type { FetchProgress } from "../../protocol/download/fetchProgress";
import type { ModelStatus } from "../../protocol/inference/model";
import type { Disposable } from "../base/disposableStore";
import { withoutLinks } from "../ui/notificationText";
import { t } from "../../wording/localize";

/** Shows a running download as a notification with a Cancel button, even if the chat is not visible. */
export class DownloadNotification implements Disposable {
	readonly #onCancel: () => void;
	#shown: ShownDownload | undefined;

	constructor(onCancel: () => void) {
		this.#onCancel = onCancel;
	}

	/** Opens, updates, or closes the notification, depending on the model's status. */
	update(status: ModelStatus): void {
		if (status.kind === "downloading") {
			this.#shown ??= new ShownDownload(status.name, this.#onCancel);
			this.#shown.update(status.progress);
		} else {
			this.dispose();
		}
	}

	dispose(): void {
		this.#shown?.dispose();
		this.#shown = undefined;
	}
}

/** One notification. */
class ShownDownload implements Disposable {
	readonly #ended = new AbortController();
	#notification: Progress<{ message: string; increment: number }> | undefined;
	#latest: FetchProgress | undefined;
	#shownPercent = 0;

	constructor(name: string, onCancel: () => void) {
		void window.withProgress(
			{
				location: ProgressLocation.Notification,
				title: withoutLinks(t("Downloading {0}", name)),
				cancellable: true,
			},
			(notification, token) => {
				this.#notification = notification;
				this.#report();
				return new Promise<void>((resolve) => {
					// The subscription ends with the notification.
					token.onCancellationRequested(onCancel, undefined, []);
					this.#ended.signal.addEventListener("abort", () => {
						resolve();
					});
					if (this.#ended.signal.aborted) {
						resolve();
					}
				});
			},
		);
	}

	update(progress: FetchProgress): void {
		this.#latest = progress;
		this.#report();
	}

	dispose(): void {
		this.#ended.abort();
	}

	/** Reports the latest progress. VS Code opens a notification with a delay, and expects increments. */
	#report(): void {
		if (this.#latest && this.#notification) {
			const { receivedBytes, totalBytes } = this.#latest;
			const percent = totalBytes > 0 ? (100 * receivedBytes) / totalBytes : 0;
			const increment = Math.max(0, percent - this.#shownPercent);
			this.#shownPercent += increment;
			this.#notification.report({ message: describeFetch(this.#latest), increment });
		}
	}
}
