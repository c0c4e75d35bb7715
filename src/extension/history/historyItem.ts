import {
	QuickPickItemKind,
	ThemeIcon,
	type QuickInputButton,
	type QuickPick,
	type QuickPickItem,
} from "vscode";
import { assertNever } from "../../protocol/assertNever";
import { pickerText } from "../ui/pickerText";
import { canRevealFiles } from "../ui/revealFile";
import type { HistoryRow } from "./historyRows";

/** A line of the history, as VS Code shows it. */
export interface HistoryItem extends QuickPickItem {
	readonly row: HistoryRow;
}

/** What the buttons of a line do. */
export type RowAction =
	"rename" | "pin" | "unpin" | "delete" | "restore" | "deletePermanently" | "reveal";

export interface RowButton extends QuickInputButton {
	readonly action: RowAction;
}

const rename = rowButton("rename", "edit", "Rename");
const pin = rowButton("pin", "pin", "Pin");
const unpin = rowButton("unpin", "pinned", "Unpin");
const trash = rowButton("delete", "trash", "Delete");
const restore = rowButton("restore", "discard", "Restore");

// Shared by all lines: a list of thousands makes thousands of each otherwise.
const ofDeleted: readonly RowButton[] = [
	restore,
	rowButton("deletePermanently", "trash", "Delete Permanently"),
];
const ofPinned: readonly RowButton[] = [rename, unpin, trash];
const ofOthers: readonly RowButton[] = [rename, pin, trash];

export function historyItem(row: HistoryRow): HistoryItem {
	switch (row.kind) {
		case "heading":
			return { label: row.label, kind: QuickPickItemKind.Separator, row };
		case "chat":
			return {
				...words(row),
				// VS Code hides what its own search does not find, and it knows nothing of the text.
				alwaysShow: row.isHit,
				buttons:
					row.chat.deletedAtMs !== undefined ? ofDeleted : row.chat.pinned ? ofPinned : ofOthers,
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
						? rowButton("reveal", "folder-opened", "Reveal in File Manager")
						: rowButton("reveal", "copy", "Copy Path"),
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

/**
 * Shows other lines in place of those there are. The active one stays active; where it is gone, the one that took its
 * place is.
 */
export function refill(picker: QuickPick<HistoryItem>, rows: readonly HistoryRow[]): void {
	const [active] = picker.activeItems;
	const key = active && keyOf(active.row);
	const place = active ? Math.max(picker.items.indexOf(active), 0) : 0;
	const items = rows.map(historyItem);
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
	return row.kind === "chat" ? `chat ${row.chat.id}` : `${row.kind} ${row.label}`;
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
