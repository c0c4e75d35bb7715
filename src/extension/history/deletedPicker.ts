import {
	QuickInputButtons,
	ThemeIcon,
	window,
	type QuickInputButton,
	type QuickPick,
	type QuickPickItemButtonEvent,
} from "vscode";
import { t } from "../../wording/localize";
import type { RunAction } from "../base/runAction";
import type { Clock } from "../base/clock";
import type { ChatLibrary, ChatList } from "../conversation/chatLibrary";
import { DisposableStore, type Disposable } from "../base/disposableStore";
import type { ChatChanges } from "./chatChanges";
import type { DayWords } from "./dayWords";
import { isRowButton, refill, type HistoryItem } from "./historyItem";
import { deletedRows } from "./historyRows";
import { withReason } from "./withReason";

export interface DeletedPickerParts {
	readonly library: Pick<ChatLibrary, "list">;
	readonly changes: Pick<ChatChanges, "restore" | "deletePermanently" | "emptyDeleted">;
	readonly words: DayWords;
	readonly clock: Clock;
	readonly run: RunAction;
}

/**
 * Shows the chats deleted within the last 30 days, to restore them or delete them permanently.
 *
 * @returns `true` if the user went back to the history, `false` if the list was closed.
 */
export async function showDeletedChats(parts: DeletedPickerParts): Promise<boolean> {
	const picker = new DeletedPicker(parts);
	return picker.show().finally(() => {
		picker.dispose();
	});
}

class DeletedPicker implements Disposable {
	readonly #parts: DeletedPickerParts;
	readonly #owned = new DisposableStore();
	readonly #picker: QuickPick<HistoryItem>;
	readonly #empty: QuickInputButton = {
		iconPath: new ThemeIcon("clear-all"),
		tooltip: t("Empty Recently Deleted"),
	};
	#list: ChatList | undefined;

	constructor(parts: DeletedPickerParts) {
		this.#parts = parts;
		this.#picker = this.#owned.own(createPicker());
		this.#owned.own(
			this.#picker.onDidTriggerItemButton((event) => {
				this.#press(event);
			}),
		);
		this.#owned.own(
			this.#picker.onDidAccept(() => {
				const row = this.#picker.selectedItems[0]?.row;
				if (row?.kind === "chat") {
					this.#change(() => parts.changes.restore(row.chat));
				}
			}),
		);
	}

	show(): Promise<boolean> {
		const wentBack = new Promise<boolean>((resolve) => {
			this.#owned.own(
				this.#picker.onDidTriggerButton((button) => {
					if (button === this.#empty) {
						this.#change(() => this.#parts.changes.emptyDeleted(this.#list?.deleted.length ?? 0));
					} else {
						resolve(true);
					}
				}),
			);
			this.#owned.own(
				this.#picker.onDidHide(() => {
					resolve(false);
				}),
			);
		});
		this.#picker.show();
		void this.#parts.run(() => this.#load());
		return wentBack;
	}

	dispose(): void {
		this.#owned.dispose();
	}

	#press({ button, item: { row } }: QuickPickItemButtonEvent<HistoryItem>): void {
		const { changes } = this.#parts;
		if (row.kind === "chat" && isRowButton(button)) {
			this.#change(() =>
				button.action === "restore"
					? changes.restore(row.chat)
					: changes.deletePermanently(row.chat),
			);
		}
	}

	#change(act: () => Promise<void>): void {
		void this.#parts.run(async () => {
			try {
				await act();
			} finally {
				await this.#load();
			}
		});
	}

	async #load(): Promise<void> {
		const { library, words, clock } = this.#parts;
		const list = await withReason(t("The deleted chats cannot be listed."), () => library.list());
		this.#list = list;
		refill(this.#picker, deletedRows(list, words, clock.nowMs()));
		this.#picker.buttons =
			list.deleted.length === 0 ? [QuickInputButtons.Back] : [QuickInputButtons.Back, this.#empty];
		this.#picker.busy = false;
	}
}

function createPicker(): QuickPick<HistoryItem> {
	const picker = window.createQuickPick<HistoryItem>();
	picker.title = t("Recently Deleted");
	picker.placeholder = t("Choose a chat to restore it. Deleted chats are kept for 30 days.");
	picker.matchOnDescription = true;
	picker.matchOnDetail = true;
	picker.keepScrollPosition = true;
	picker.ignoreFocusOut = true;
	picker.buttons = [QuickInputButtons.Back];
	picker.busy = true;
	return picker;
}
