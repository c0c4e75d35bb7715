import {
	QuickPickItemKind,
	ThemeIcon,
	type QuickInputButton,
	type QuickPick,
	type QuickPickItem,
} from "vscode";
import type { ChatSummary } from "../conversation/chatLibrary";
import { assertNever } from "../../protocol/assertNever";
import { pickerText } from "../ui/pickerText";
import { canRevealFiles } from "../ui/revealFile";
import type { HistoryRow } from "./historyRows";
import { t } from "../../wording/localize";

/** A row of the history, as VS Code shows it. */
export interface HistoryItem extends QuickPickItem {
	readonly row: HistoryRow;
}

/** The actions of the buttons of a row. */
export type RowAction =
	"rename" | "pin" | "unpin" | "delete" | "restore" | "deletePermanently" | "reveal";

export interface RowButton extends QuickInputButton {
	readonly action: RowAction;
}

/** The buttons of rows. All rows of a list share them, because a list can have thousands of rows. */
class RowButtons {
	readonly #rename = rowButton("rename", "edit", t("Rename"));
	readonly #delete = rowButton("delete", "trash", t("Delete"));
	readonly #pinned = [this.#rename, rowButton("unpin", "pinned", t("Unpin")), this.#delete];
	readonly #others = [this.#rename, rowButton("pin", "pin", t("Pin")), this.#delete];
	readonly #deleted = [
		rowButton("restore", "discard", t("Restore")),
		rowButton("deletePermanently", "trash", t("Delete Permanently")),
	];

	of({ deletedAtMs, pinned }: ChatSummary): readonly RowButton[] {
		return deletedAtMs !== undefined ? this.#deleted : pinned ? this.#pinned : this.#others;
	}
}

function historyItem(row: HistoryRow, buttons: RowButtons): HistoryItem {
	switch (row.kind) {
		case "heading":
			return { label: row.label, kind: QuickPickItemKind.Separator, row };
		case "chat":
			return {
				...words(row),
				// VS Code filters rows by their own text, and would hide a chat of which only the messages match.
				alwaysShow: row.isHit,
				buttons: buttons.of(row.chat),
				row,
			};
		case "empty":
		case "note":
			return { ...words(row), alwaysShow: true, row };
		case "unreadable":
			return {
				...words(row),
				iconPath: new ThemeIcon("warning"),
				buttons: [
					canRevealFiles()
						? rowButton("reveal", "folder-opened", t("Reveal in File Manager"))
						: rowButton("reveal", "copy", t("Copy Path")),
				],
				row,
			};
		default:
			return assertNever(row);
	}
}

export function isRowButton(button: QuickInputButton): button is RowButton {
	return "action" in button;
}

/** Replaces the rows. The active row stays active; if it is gone, the row in its place becomes active. */
export function refill(picker: QuickPick<HistoryItem>, rows: readonly HistoryRow[]): void {
	const [active] = picker.activeItems;
	const key = active && keyOf(active.row);
	const place = active ? Math.max(picker.items.indexOf(active), 0) : 0;
	const buttons = new RowButtons();
	const items = rows.map((row) => historyItem(row, buttons));
	picker.items = items;
	const again =
		items.find(({ row }) => keyOf(row) === key) ??
		items.slice(place).find(isChoice) ??
		items.slice(0, place).findLast(isChoice);
	if (active && again) {
		picker.activeItems = [again];
	}
}

function isChoice({ row }: HistoryItem): boolean {
	return row.kind !== "heading";
}

function keyOf(row: HistoryRow): string {
	return row.kind === "chat" ? `chat/${row.chat.id}` : `${row.kind}/${row.label}`;
}

function words({
	label,
	description,
	detail,
}: Exclude<HistoryRow, { readonly kind: "heading" }>): QuickPickItem {
	return {
		label: pickerText(label),
		description: pickerText(description),
		detail: pickerText(detail),
	};
}

function rowButton(action: RowAction, icon: string, tooltip: string): RowButton {
	return { action, iconPath: new ThemeIcon(icon), tooltip };
}
