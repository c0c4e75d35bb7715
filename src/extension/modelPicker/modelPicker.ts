import {
	QuickPickItemKind,
	ThemeIcon,
	window,
	type QuickInputButton,
	type QuickPick,
	type QuickPickItem,
} from "vscode";
import { assertNever } from "../../protocol/assertNever";
import { DisposableStore } from "../base/disposableStore";
import type { LocalModel } from "../localModels/localModel";
import { pickerText } from "../ui/pickerText";
import type { PickerRow } from "./pickerRows";

/** What came of the list: a line that was chosen, or a button of a model's line. */
export type PickerAnswer =
	| { readonly kind: "chosen"; readonly row: Exclude<PickerRow, { readonly kind: "heading" }> }
	| { readonly kind: "details"; readonly name: string; readonly file: string }
	| { readonly kind: "reveal"; readonly file: string }
	| { readonly kind: "delete"; readonly model: LocalModel };

/** A search for models on this machine, which tells what it finds as it finds it. */
export type SearchModels = (
	onFound: (models: readonly LocalModel[]) => void,
	signal: AbortSignal,
) => Promise<void>;

interface PickerItem extends QuickPickItem {
	readonly row: PickerRow;
}

interface RowButton extends QuickInputButton {
	readonly answer: PickerAnswer;
}

/**
 * Shows the list of models at once, and fills in what `search` finds until the list is closed.
 *
 * @param rowsOf makes the lines of the models found so far.
 * @param canReveal whether there is a file manager to show a file in.
 * @returns `undefined` if the list was closed without an answer.
 */
export async function showModelPicker(
	rowsOf: (local: readonly LocalModel[]) => readonly PickerRow[],
	search: SearchModels,
	canReveal: boolean,
): Promise<PickerAnswer | undefined> {
	const picker = window.createQuickPick<PickerItem>();
	const closed = new AbortController();
	const found: LocalModel[] = [];
	picker.title = "Select Model";
	picker.placeholder = "The model to talk to";
	picker.matchOnDescription = true;
	picker.matchOnDetail = true;
	picker.keepScrollPosition = true;
	// The chat's page takes the focus back a moment after the command palette, which would close the list again.
	picker.ignoreFocusOut = true;

	const refill = (): void => {
		const active = picker.activeItems[0];
		picker.items = rowsOf(found).map((row) => asItem(row, canReveal));
		const again = picker.items.find(({ row }) => active && isSame(row, active.row));
		if (again) {
			picker.activeItems = [again];
		}
	};
	refill();
	picker.busy = true;
	void search((models) => {
		found.push(...models);
		refill();
	}, closed.signal).finally(() => {
		picker.busy = false;
	});
	try {
		return await answerOf(picker);
	} finally {
		closed.abort();
		picker.dispose();
	}
}

function answerOf(picker: QuickPick<PickerItem>): Promise<PickerAnswer | undefined> {
	const listening = new DisposableStore();
	const answer = new Promise<PickerAnswer | undefined>((resolve) => {
		listening.own(
			picker.onDidAccept(() => {
				const row = picker.selectedItems[0]?.row;
				if (row && row.kind !== "heading") {
					resolve({ kind: "chosen", row });
				}
			}),
		);
		listening.own(
			picker.onDidTriggerItemButton(({ button }) => {
				if (isRowButton(button)) {
					resolve(button.answer);
				}
			}),
		);
		listening.own(
			picker.onDidHide(() => {
				resolve(undefined);
			}),
		);
		picker.show();
	});
	return answer.finally(() => {
		listening.dispose();
	});
}

function asItem(row: PickerRow, canReveal: boolean): PickerItem {
	switch (row.kind) {
		case "heading":
			return { label: row.label, kind: QuickPickItemKind.Separator, row };
		case "current":
			return {
				...words(row),
				row,
				iconPath: new ThemeIcon("check"),
				buttons: row.file === undefined ? [] : buttonsOf(row.label, row.file, row.local, canReveal),
			};
		case "local": {
			const { name, path } = row.model;
			return { ...words(row), row, buttons: buttonsOf(name, path, row.model, canReveal) };
		}
		case "setting":
			return { ...words(row), row };
		case "file":
			return { ...words(row), row, iconPath: new ThemeIcon("folder-opened") };
		case "search":
			// Also for whoever types the name of a model that is not in the list.
			return { ...words(row), row, iconPath: new ThemeIcon("search"), alwaysShow: true };
		case "address":
			return { ...words(row), row, iconPath: new ThemeIcon("globe") };
		default:
			return assertNever(row);
	}
}

function words({
	label,
	description,
	detail,
}: Exclude<PickerRow, { readonly kind: "heading" }>): QuickPickItem {
	// What a file calls itself is no icon, whatever it holds.
	return { label: pickerText(label), description, detail };
}

/** @param local the model as it was found on this machine, if it was */
function buttonsOf(
	name: string,
	file: string,
	local: LocalModel | undefined,
	canReveal: boolean,
): RowButton[] {
	const button = (answer: PickerAnswer, icon: string, tooltip: string): RowButton => ({
		answer,
		iconPath: new ThemeIcon(icon),
		tooltip,
	});
	const reveal: PickerAnswer = { kind: "reveal", file };
	const buttons = [
		button({ kind: "details", name, file }, "info", "Details"),
		canReveal
			? button(reveal, "folder-opened", "Reveal in File Manager")
			: button(reveal, "copy", "Copy Path"),
	];
	// What other programs keep is theirs to delete.
	return local?.store === "ours"
		? [...buttons, button({ kind: "delete", model: local }, "trash", "Delete from This Machine")]
		: buttons;
}

function isRowButton(button: QuickInputButton): button is RowButton {
	return "answer" in button;
}

function isSame(a: PickerRow, b: PickerRow): boolean {
	if (a.kind === "local" && b.kind === "local") {
		return a.model.path === b.model.path;
	}
	return a.kind === b.kind && a.label === b.label;
}
