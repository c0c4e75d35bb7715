import path from "node:path";
import { window, type QuickPick } from "vscode";
import type { ChatId } from "../../protocol/chat/ids";
import type { RunAction } from "../base/runAction";
import { askTitle } from "../ui/askTitle";
import type { Clock } from "../base/clock";
import type { ChatLibrary, ChatList, ChatSummary } from "../conversation/chatLibrary";
import { DisposableStore, type Disposable } from "../base/disposableStore";
import type { Log } from "../base/log";
import { revealFile } from "../ui/revealFile";
import type { ChatChanges } from "./chatChanges";
import type { DayWords } from "./dayWords";
import { isRowButton, refill, type HistoryItem, type RowAction } from "./historyItem";
import { historyRows, historySize, type HistoryRow } from "./historyRows";
import { TextSearch } from "./textSearch";
import { isTitleButton, titleButtons, type HistoryAnswer, type TitleButton } from "./titleButtons";
import { withReason } from "./withReason";
import { t } from "../../wording/localize";

/** How long to wait for further changes before the list reloads, in milliseconds. */
const reloadPauseMs = 200;

export interface HistoryPickerParts {
	readonly library: ChatLibrary;
	/** The absolute path of the chats folder. */
	readonly folder: string;
	/** Returns the id of the chat that this window shows. */
	readonly shownId: () => ChatId | undefined;
	readonly changes: ChatChanges;
	/** Shows the deleted chats. @returns whether the user went back */
	readonly showDeleted: () => Promise<boolean>;
	readonly words: DayWords;
	readonly clock: Clock;
	readonly log: Log;
	readonly run: RunAction;
}

/** The list of chats, open until the user makes a choice or closes it. */
export class HistoryPicker implements Disposable {
	readonly #parts: HistoryPickerParts;
	readonly #picker: QuickPick<HistoryItem>;
	readonly #search: TextSearch;
	readonly #owned = new DisposableStore();
	#list: ChatList | undefined;
	#loads = 0;
	#reloading: Disposable | undefined;
	/** Whether another input is shown in place of the list, which will reappear. */
	#isAside = false;
	#isDisposed = false;
	#answer: (answer: HistoryAnswer | undefined) => void = () => undefined;

	constructor(parts: HistoryPickerParts) {
		this.#parts = parts;
		const { library, clock, log } = parts;
		this.#picker = this.#owned.own(createPicker());
		this.#search = this.#owned.own(
			new TextSearch({
				library,
				clock,
				log,
				onChange: () => {
					this.#refill();
				},
			}),
		);
		this.#listen();
	}

	#listen(): void {
		const picker = this.#picker;
		const { library, run } = this.#parts;
		this.#owned.own(
			picker.onDidChangeValue((text) => {
				this.#search.lookFor(text);
			}),
		);
		this.#owned.own(
			picker.onDidAccept(() => {
				this.#accept(picker.selectedItems[0]?.row);
			}),
		);
		this.#owned.own(
			picker.onDidTriggerItemButton(({ button, item }) => {
				if (isRowButton(button)) {
					// The mouse can click buttons of rows that are not active.
					picker.activeItems = [item];
					void run(() => this.#act(button.action, item.row));
				}
			}),
		);
		this.#owned.own(
			picker.onDidTriggerButton((button) => {
				if (isTitleButton(button)) {
					this.#press(button);
				}
			}),
		);
		this.#owned.own(
			picker.onDidHide(() => {
				if (!this.#isAside) {
					this.#answer(undefined);
				}
			}),
		);
		this.#owned.own(
			library.onDidChange(() => {
				this.#reloadSoon();
			}),
		);
	}

	/** Shows the list. @returns what the user chose; `undefined` if the list was closed */
	async show(): Promise<HistoryAnswer | undefined> {
		const answer = new Promise<HistoryAnswer | undefined>((resolve) => {
			this.#answer = resolve;
		});
		this.#picker.busy = true;
		this.#picker.show();
		void this.#parts.run(() => this.#load());
		return answer;
	}

	dispose(): void {
		this.#isDisposed = true;
		this.#reloading?.dispose();
		this.#owned.dispose();
	}

	#press({ answer }: TitleButton): void {
		if (answer.kind === "deleted") {
			void this.#parts.run(() => this.#aside(this.#parts.showDeleted));
		} else {
			this.#answer(answer);
		}
	}

	#accept(row: HistoryRow | undefined): void {
		if (row?.kind === "chat") {
			this.#answer({ kind: "open", chat: row.chat });
		} else if (row?.kind === "empty") {
			this.#answer({ kind: "newChat" });
		} else if (row?.kind === "unreadable") {
			void this.#parts.run(() => this.#act("reveal", row));
		}
	}

	async #act(action: RowAction, row: HistoryRow): Promise<void> {
		const { changes, folder } = this.#parts;
		if (row.kind === "unreadable") {
			await revealFile(path.join(folder, row.file));
		}
		if (row.kind !== "chat") {
			return;
		}
		if (action === "rename") {
			await this.#aside(() => this.#rename(row.chat));
		} else if (action === "pin" || action === "unpin") {
			await changes.setPinned(row.chat, action === "pin");
		} else if (action === "delete") {
			await changes.delete(row.chat);
		}
		await this.#load();
	}

	async #rename(chat: ChatSummary): Promise<boolean> {
		const text = await askTitle(chat.title);
		if (text !== undefined) {
			await this.#parts.changes.rename(chat, text);
		}
		return true;
	}

	/** Shows another input in place of the list. The list reappears if `other` returns `true` or rejects. */
	async #aside(other: () => Promise<boolean>): Promise<void> {
		this.#isAside = true;
		let comesBack = true;
		try {
			comesBack = await other();
		} finally {
			this.#isAside = false;
			if (comesBack) {
				this.#picker.show();
			} else {
				this.#answer(undefined);
			}
		}
	}

	#reloadSoon(): void {
		this.#reloading ??= this.#parts.clock.after(reloadPauseMs, () => {
			this.#reloading = undefined;
			void this.#parts.run(() => this.#load());
		});
	}

	async #load(): Promise<void> {
		this.#loads += 1;
		const load = this.#loads;
		try {
			const list = await withReason(t("The chats cannot be listed."), () =>
				this.#parts.library.list(),
			);
			if (load === this.#loads) {
				this.#list = list;
			}
		} finally {
			this.#refill();
		}
	}

	#refill(): void {
		const { shownId, clock, words } = this.#parts;
		if (this.#isDisposed) {
			return;
		}
		this.#picker.busy = this.#search.isBusy;
		if (this.#list) {
			const contents = { list: this.#list, search: this.#search, shownId: shownId(), words };
			refill(this.#picker, historyRows({ ...contents, nowMs: clock.nowMs() }));
			this.#picker.placeholder = t("Search titles and messages · {0}", historySize(this.#list));
		}
	}
}

function createPicker(): QuickPick<HistoryItem> {
	const picker = window.createQuickPick<HistoryItem>();
	picker.title = t("Chat History");
	picker.placeholder = t("Search titles and messages");
	picker.matchOnDescription = true;
	picker.matchOnDetail = true;
	picker.keepScrollPosition = true;
	// The chat takes the focus a moment after the Command Palette closes, which would close the list.
	picker.ignoreFocusOut = true;
	picker.buttons = titleButtons();
	return picker;
}
