import {
	commands,
	TabInputText,
	Uri,
	window,
	type Tab,
	type TabGroup,
	type TextDocument,
	type TextEditor,
} from "vscode";
import { cellOf } from "./notebookCells";

/** VS Code's own commands that give a group the focus, by the column in which it stands. */
const groupCommands = [
	"workbench.action.focusFirstEditorGroup",
	"workbench.action.focusSecondEditorGroup",
	"workbench.action.focusThirdEditorGroup",
	"workbench.action.focusFourthEditorGroup",
	"workbench.action.focusFifthEditorGroup",
	"workbench.action.focusSixthEditorGroup",
	"workbench.action.focusSeventhEditorGroup",
	"workbench.action.focusEighthEditorGroup",
];

/** Returns the tab in front of its group that shows this very editor; a peek or an output channel has none. */
export function frontTabOf(editor: TextEditor): Tab | undefined {
	return window.tabGroups.all
		.filter(({ viewColumn }) => (editor.viewColumn ?? viewColumn) === viewColumn)
		.flatMap(({ activeTab }) => activeTab ?? [])
		.find(
			({ input }) =>
				showsDocument(input, editor.document) &&
				// A peek shows the document of a tab, but is not what that tab shows: it has no column.
				(editor.viewColumn !== undefined || !(input instanceof TabInputText)),
		);
}

/** Returns the tab as it is now, for VS Code makes another object of one that is moved; `undefined` if it is closed. */
export function openTab(tab: Tab): Tab | undefined {
	const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
	if (tabs.includes(tab)) {
		return tab;
	}
	const uris = urisOf(tab.input).join("\n");
	return uris === ""
		? undefined
		: tabs.find(({ input, label }) => urisOf(input).join("\n") === uris && label === tab.label);
}

/** Returns a tab of a certain kind that shows what `uri` names, in whichever group. */
export function tabWith(uri: Uri, isOfKind: (input: unknown) => boolean): Tab | undefined {
	return window.tabGroups.all
		.flatMap(({ tabs }) => tabs)
		.find(({ input }) => isOfKind(input) && urisOf(input).includes(uri.toString()));
}

/**
 * Brings a tab to the front and gives it the focus. Not by the address of what it shows: the window may know the same
 * document by another address than the extension host, and would open it a second time.
 */
export async function activateTab(tab: Tab): Promise<void> {
	await focusGroup(tab.group);
	await commands.executeCommand("workbench.action.openEditorAtIndex", tab.group.tabs.indexOf(tab));
}

/** Gives the focus to what a group of editors shows. */
export async function focusGroup({ viewColumn }: TabGroup): Promise<void> {
	const command = groupCommands[viewColumn - 1];
	if (command !== undefined) {
		await commands.executeCommand(command);
	}
}

/** Returns whether a tab's input is about `document`: its own, one side of a comparison, a cell of its notebook. */
export function showsDocument(input: unknown, document: TextDocument): boolean {
	const notebook = cellOf(document)?.notebook;
	const wanted = (notebook ?? document).uri.toString();
	return urisOf(input).includes(wanted) || urisOf(input).includes(document.uri.toString());
}

/** Reads all addresses of a tab's input: the kinds for merges and several comparisons are not in VS Code's API. */
export function urisOf(input: unknown): string[] {
	if (typeof input !== "object" || input === null) {
		return [];
	}
	return Object.values(input).flatMap((value: unknown) => {
		if (value instanceof Uri) {
			return [value.toString()];
		}
		return Array.isArray(value) ? value.flatMap(urisOf) : [];
	});
}
