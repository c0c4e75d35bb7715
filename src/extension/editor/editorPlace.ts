import {
	TabInputCustom,
	TabInputNotebook,
	TabInputNotebookDiff,
	TabInputText,
	TabInputTextDiff,
	window,
	type NotebookEditor,
	type Tab,
	type TextEditor,
} from "vscode";
import { documentName, uriName } from "./documentName";
import { frontTabOf, openTab } from "./editorTabs";
import { cellOf, selectedCells } from "./notebookCells";

/** The editor that the user is in. */
export type EditorPlace =
	/**
	 * A text editor: a file, a notebook cell, one side of a diff, a peek, or an output channel. The last two have no
	 * tab.
	 */
	| { readonly kind: "text"; readonly editor: TextEditor; readonly tab: Tab | undefined }
	/** A notebook with whole cells selected. */
	| { readonly kind: "cells"; readonly editor: NotebookEditor; readonly tab: Tab | undefined }
	/** A document for which VS Code gives extensions no editor, such as an image or a very large text. */
	| { readonly kind: "closedToUs"; readonly tab: Tab };

/** Returns the editor that VS Code calls active; `undefined` if none is, for example while a chat tab is in front. */
export function activePlace(): EditorPlace | undefined {
	const { activeTextEditor: text, activeNotebookEditor: notebook } = window;
	// A cell's editor stays active when the user selects another cell as a whole.
	const isLeft =
		text !== undefined &&
		notebook !== undefined &&
		cellOf(text.document)?.notebook === notebook.notebook &&
		!isOnlySelected(notebook, text);
	if (text && !isLeft) {
		return textPlace(text);
	}
	return notebook && cellsPlace(notebook);
}

/** Returns the document in the active tab, for when VS Code reports no active editor. */
export function closedPlace(): EditorPlace | undefined {
	const tab = window.tabGroups.activeTabGroup.activeTab;
	return tab && holdsDocument(tab.input) ? { kind: "closedToUs", tab } : undefined;
}

/** Returns the visible editor if exactly one is visible. */
export function onlyVisiblePlace(): EditorPlace | undefined {
	const places = [
		...window.visibleTextEditors.filter(({ document }) => !cellOf(document)).map(textPlace),
		...window.visibleNotebookEditors.map(cellsPlace),
	].filter(({ tab }) => tab !== undefined);
	return places.length === 1 ? places[0] : undefined;
}

/** Returns whether the editor is visible, so that the user can see its cursor. */
export function isInSight(place: EditorPlace): boolean {
	switch (place.kind) {
		case "text":
			return (
				window.visibleTextEditors.includes(place.editor) &&
				(place.tab === undefined || openTab(place.tab)?.isActive === true)
			);
		case "cells":
			return window.visibleNotebookEditors.includes(place.editor);
		case "closedToUs":
			return openTab(place.tab)?.isActive === true;
	}
}

/** Returns whether the editor is still open, possibly behind another tab. */
export function isOpen(place: EditorPlace): boolean {
	return place.tab === undefined ? isInSight(place) : openTab(place.tab) !== undefined;
}

export function isSamePlace(a: EditorPlace | undefined, b: EditorPlace | undefined): boolean {
	return a?.kind === "closedToUs" || b?.kind === "closedToUs"
		? a?.kind === b?.kind && a?.tab === b?.tab
		: a?.editor === b?.editor;
}

/** Returns the name of the document in an editor: “math.ts”, “analysis.ipynb, cell 3”. */
export function placeName(place: EditorPlace): string {
	switch (place.kind) {
		case "text":
			return documentName(place.editor.document).short;
		case "cells": {
			const [first, ...others] = selectedCells(place.editor);
			return first && others.length === 0
				? documentName(first.document).short
				: uriName(place.editor.notebook.uri).short;
		}
		case "closedToUs":
			return place.tab.label;
	}
}

function textPlace(editor: TextEditor): EditorPlace {
	return { kind: "text", editor, tab: frontTabOf(editor) };
}

function cellsPlace(editor: NotebookEditor): EditorPlace {
	const tab = window.tabGroups.all
		.filter(({ viewColumn }) => (editor.viewColumn ?? viewColumn) === viewColumn)
		.flatMap(({ activeTab }) => activeTab ?? [])
		.find(
			({ input }) =>
				input instanceof TabInputNotebook &&
				input.uri.toString() === editor.notebook.uri.toString(),
		);
	return { kind: "cells", editor, tab };
}

function isOnlySelected(notebook: NotebookEditor, { document }: TextEditor): boolean {
	const [first, ...others] = selectedCells(notebook);
	return first?.document === document && others.length === 0;
}

function holdsDocument(input: unknown): boolean {
	return [
		TabInputText,
		TabInputTextDiff,
		TabInputCustom,
		TabInputNotebook,
		TabInputNotebookDiff,
	].some((kind) => input instanceof kind);
}
