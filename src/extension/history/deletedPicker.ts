import { QuickInputButtons, window } from "vscode";
import type { RunAction } from "../actionRunner";
import type { Clock } from "../clock";
import type { ChatLibrary, ChatSummary } from "../conversation/chatLibrary";
import { DisposableStore } from "../disposableStore";
import type { ChatChanges } from "./chatChanges";
import type { DayWords } from "./dayWords";
import { refill, type HistoryItem } from "./historyItem";
import { deletedRows } from "./historyRows";
import { withReason } from "./withReason";

export interface DeletedPickerParts {
	readonly library: Pick<ChatLibrary, "list">;
	readonly changes: Pick<ChatChanges, "restore">;
	readonly words: DayWords;
	readonly clock: Clock;
	readonly run: RunAction;
}

/** Shows what was deleted within 30 days, each with a way back. @returns whether the person went back. */
export async function showDeletedChats(parts: DeletedPickerParts): Promise<boolean> {
	const { library, changes, words, clock, run } = parts;
	const owned = new DisposableStore();
	const picker = owned.own(window.createQuickPick<HistoryItem>());
	picker.title = "Recently Deleted";
	picker.placeholder = "Choose a conversation to restore it. Each is kept for 30 days.";
	picker.matchOnDescription = true;
	picker.keepScrollPosition = true;
	picker.ignoreFocusOut = true;
	picker.buttons = [QuickInputButtons.Back];
	picker.busy = true;

	const load = async (): Promise<void> => {
		const list = await withReason("The deleted conversations cannot be listed", () =>
			library.list(),
		);
		refill(picker, deletedRows(list, words, clock.nowMs()));
		picker.busy = false;
	};
	const restore = (chat: ChatSummary): void => {
		void run(async () => {
			await changes.restore(chat);
			await load();
		});
	};
	const wentBack = new Promise<boolean>((resolve) => {
		owned.own(
			picker.onDidTriggerButton(() => {
				resolve(true);
			}),
		);
		owned.own(
			picker.onDidTriggerItemButton(({ item: { row } }) => {
				if (row.kind === "chat") {
					restore(row.chat);
				}
			}),
		);
		owned.own(
			picker.onDidAccept(() => {
				const row = picker.selectedItems[0]?.row;
				if (row?.kind === "chat") {
					restore(row.chat);
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
