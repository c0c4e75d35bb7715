import { QuickInputButtons, ThemeIcon, window, type QuickInputButton } from "vscode";
import type { RunAction } from "../base/runAction";
import type { Clock } from "../base/clock";
import type { ChatLibrary, ChatList } from "../conversation/chatLibrary";
import { DisposableStore } from "../base/disposableStore";
import type { ChatChanges } from "./chatChanges";
import type { DayWords } from "./dayWords";
import { isRowButton, refill, type HistoryItem } from "./historyItem";
import { deletedRows } from "./historyRows";
import { withReason } from "./withReason";
import { t } from "../../wording/localize";

function emptyButton(): QuickInputButton {
	return { iconPath: new ThemeIcon("clear-all"), tooltip: t("Empty Recently Deleted") };
}

export interface DeletedPickerParts {
	readonly library: Pick<ChatLibrary, "list">;
	readonly changes: Pick<ChatChanges, "restore" | "deletePermanently" | "emptyDeleted">;
	readonly words: DayWords;
	readonly clock: Clock;
	readonly run: RunAction;
}

/**
 * Shows the conversations deleted within the last 30 days, to restore them or delete them permanently.
 *
 * @returns whether the user went back
 */
export async function showDeletedChats(parts: DeletedPickerParts): Promise<boolean> {
	const { library, changes, words, clock, run } = parts;
	const owned = new DisposableStore();
	const picker = owned.own(window.createQuickPick<HistoryItem>());
	const empty = emptyButton();
	let list: ChatList | undefined;
	picker.title = t("Recently Deleted");
	picker.placeholder = t("Choose a chat to restore it. Deleted chats are kept for 30 days.");
	picker.matchOnDescription = true;
	picker.matchOnDetail = true;
	picker.keepScrollPosition = true;
	picker.ignoreFocusOut = true;
	picker.buttons = [QuickInputButtons.Back];
	picker.busy = true;

	const load = async (): Promise<void> => {
		list = await withReason(t("The deleted chats cannot be listed."), () => library.list());
		refill(picker, deletedRows(list, words, clock.nowMs()));
		picker.buttons =
			list.deleted.length === 0 ? [QuickInputButtons.Back] : [QuickInputButtons.Back, empty];
		picker.busy = false;
	};
	const change = (act: () => Promise<void>): void => {
		void run(async () => {
			try {
				await act();
			} finally {
				await load();
			}
		});
	};
	const wentBack = new Promise<boolean>((resolve) => {
		owned.own(
			picker.onDidTriggerButton((button) => {
				if (button === empty) {
					change(() => changes.emptyDeleted(list?.deleted.length ?? 0));
				} else {
					resolve(true);
				}
			}),
		);
		owned.own(
			picker.onDidTriggerItemButton(({ button, item: { row } }) => {
				if (row.kind === "chat" && isRowButton(button)) {
					change(() =>
						button.action === "restore"
							? changes.restore(row.chat)
							: changes.deletePermanently(row.chat),
					);
				}
			}),
		);
		owned.own(
			picker.onDidAccept(() => {
				const row = picker.selectedItems[0]?.row;
				if (row?.kind === "chat") {
					change(() => changes.restore(row.chat));
				}
			}),
		);
		owned.own(
			picker.onDidHide(() => {
				resolve(false);
			}),
		);
	});
	picker.show();
	void run(load);
	return wentBack.finally(() => {
		owned.dispose();
	});
}
