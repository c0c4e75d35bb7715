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
import { t } from "../../wording/localize";

/** The user's choice: an entry, or a button of a model's entry. */
export type PickerAnswer =
	| { readonly kind: "chosen"; readonly row: Exclude<PickerRow, { readonly kind: "heading" }> }
	| { readonly kind: "details"; readonly name: string; readonly file: string }
	| { readonly kind: "reveal"; readonly file: string }
	| { readonly kind: "delete"; readonly model: LocalModel };

/** Searches this machine for models, and reports them as they are found. */
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
 * Shows the list of models at once. Until it is closed, the models that `search` finds are added to it.
 *
 * @param rowsOf returns the entries of the models found so far
 * @param canReveal whether a file manager can show files
 * @returns `undefined` if the list was closed without a choice
 */
export async function showModelPicker(
	rowsOf: (local: readonly LocalModel[]) => readonly PickerRow[],
	search: SearchModels,
	canReveal: boolean,
): Promise<PickerAnswer | undefined> {
	const picker = window.createQuickPick<PickerItem>();
	const closed = new AbortController();
	const found: LocalModel[] = [];
	picker.title = t("Select Model");
	picker.placeholder = t("Search or choose a model");
	picker.matchOnDescription = true;
	picker.matchOnDetail = true;
	picker.keepScrollPosition = true;
	// The chat takes the focus a moment after the Command Palette closes, which would close the list.
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
			// Also shown when the user types the name of a model that is not in the list.
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
	// A name in a model file could contain the syntax of an icon.
	return { label: pickerText(label), description, detail };
}

/** @param local the model as found on this machine, if it was found */
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
		button({ kind: "details", name, file }, "info", t("Details")),
		canReveal
			? button(reveal, "folder-opened", t("Reveal in File Manager"))
			: button(reveal, "copy", t("Copy Path")),
	];
	// Only our own downloads can be deleted: other programs delete their own models.
	return local?.store === "ours"
		? [...buttons, button({ kind: "delete", model: local }, "trash", t("Delete from This Machine"))]
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
