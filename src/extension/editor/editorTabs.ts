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

/** VS Code's commands that focus an editor group, by view column. */
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

/** Returns the active tab that shows exactly this editor. A peek or an output channel has no tab. */
export function frontTabOf(editor: TextEditor): Tab | undefined {
	return window.tabGroups.all
		.filter(({ viewColumn }) => (editor.viewColumn ?? viewColumn) === viewColumn)
		.flatMap(({ activeTab }) => activeTab ?? [])
		.find(
			({ input }) =>
				showsDocument(input, editor.document) &&
				// A peek has no view column. It may show the same document as a tab, but it is not the tab's editor.
				(editor.viewColumn !== undefined || !(input instanceof TabInputText)),
		);
}

/**
 * Returns the current object for a tab, because VS Code creates another one when a tab moves; `undefined` if it is
 * closed.
 */
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

/** Returns a tab of a certain kind that shows `uri`, in any group. */
export function tabWith(uri: Uri, isOfKind: (input: unknown) => boolean): Tab | undefined {
	return window.tabGroups.all
		.flatMap(({ tabs }) => tabs)
		.find(({ input }) => isOfKind(input) && urisOf(input).includes(uri.toString()));
}

/**
 * Activates and focuses a tab, by its index. Opening the document's URI instead could open it a second time, because
 * the window may know the document by another URI than the extension host does.
 */
export async function activateTab(tab: Tab): Promise<void> {
	await focusGroup(tab.group);
	await commands.executeCommand("workbench.action.openEditorAtIndex", tab.group.tabs.indexOf(tab));
}

/** Focuses an editor group. */
export async function focusGroup({ viewColumn }: TabGroup): Promise<void> {
	const command = groupCommands[viewColumn - 1];
	if (command !== undefined) {
		await commands.executeCommand(command);
	}
}

/**
 * Returns whether a tab's input includes `document`: as itself, as one side of a diff, or as a cell of its notebook.
 */
export function showsDocument(input: unknown, document: TextDocument): boolean {
	const notebook = cellOf(document)?.notebook;
	const wanted = (notebook ?? document).uri.toString();
	return urisOf(input).includes(wanted) || urisOf(input).includes(document.uri.toString());
}

/**
 * Returns every URI in a tab's input. Reads all properties, because VS Code's API has no types for the inputs of merge
 * editors and multi-file diffs.
 */
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
