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

/** Where a person is among the editors. */
export type EditorPlace =
	/** In a text: of a file, a notebook's cell, one side of a comparison, a peek, an output channel. No tab: the last two. */
	| { readonly kind: "text"; readonly editor: TextEditor; readonly tab: Tab | undefined }
	/** In a notebook, with whole cells selected. */
	| { readonly kind: "cells"; readonly editor: NotebookEditor; readonly tab: Tab | undefined }
	/** In front of a document of which VS Code gives extensions no editor: too large a text, a picture. */
	| { readonly kind: "closedToUs"; readonly tab: Tab };

/** Returns where VS Code says that the person is now; `undefined` if in no editor, as in front of a chat tab. */
export function activePlace(): EditorPlace | undefined {
	const { activeTextEditor: text, activeNotebookEditor: notebook } = window;
	// A cell's editor stays the active one when another cell is selected as a whole.
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

/** Returns the place in front of which the person is where no editor is active. */
export function closedPlace(): EditorPlace | undefined {
	const tab = window.tabGroups.activeTabGroup.activeTab;
	return tab && holdsDocument(tab.input) ? { kind: "closedToUs", tab } : undefined;
}

/** Returns the only editor that can be seen, if there is only one. */
export function onlyVisiblePlace(): EditorPlace | undefined {
	const places = [
		...window.visibleTextEditors.filter(({ document }) => !cellOf(document)).map(textPlace),
		...window.visibleNotebookEditors.map(cellsPlace),
	].filter(({ tab }) => tab !== undefined);
	return places.length === 1 ? places[0] : undefined;
}

/** Returns whether the place can be seen as it is, so that its cursor is where the person sees it. */
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

/** Returns whether the place is still there, be it behind another tab. */
export function isOpen(place: EditorPlace): boolean {
	return place.tab === undefined ? isInSight(place) : openTab(place.tab) !== undefined;
}

export function isSamePlace(a: EditorPlace | undefined, b: EditorPlace | undefined): boolean {
	return a?.kind === "closedToUs" || b?.kind === "closedToUs"
		? a?.kind === b?.kind && a?.tab === b?.tab
		: a?.editor === b?.editor;
}

/** Names what a person has there: “math.ts”, “analysis.ipynb, cell 3”. */
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
