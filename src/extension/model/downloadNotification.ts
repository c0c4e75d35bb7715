import { ProgressLocation, window, type Progress } from "vscode";
import { describeFetch } from "../../wording/describeFetch";
import type { FetchProgress } from "../../protocol/download/fetchProgress";
import type { ModelStatus } from "../../protocol/inference/model";
import type { Disposable } from "../base/disposableStore";
import { withoutLinks } from "../ui/notificationText";

/** Shows a download that runs as a notification, with Cancel, wherever the chat is. */
export class DownloadNotification implements Disposable {
	readonly #onCancel: () => void;
	#shown: ShownDownload | undefined;

	constructor(onCancel: () => void) {
		this.#onCancel = onCancel;
	}

	/** Opens, updates or closes it, as the model's status has it. */
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

/** One notification, from its opening to its end. */
class ShownDownload implements Disposable {
	readonly #ended = new AbortController();
	#notification: Progress<{ message: string; increment: number }> | undefined;
	#latest: FetchProgress | undefined;
	#shownPercent = 0;

	constructor(name: string, onCancel: () => void) {
		void window.withProgress(
			{
				location: ProgressLocation.Notification,
				title: withoutLinks(`Downloading ${name}`),
				cancellable: true,
			},
			(notification, token) => {
				this.#notification = notification;
				this.#report();
				return new Promise<void>((resolve) => {
					// Lives as long as the notification.
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

	/** VS Code opens a notification a moment later than it is asked to, and wants steps, not states. */
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
