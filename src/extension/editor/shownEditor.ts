import { window, type Disposable, type Tab, type TextDocument, type TextEditor } from "vscode";
import { frontTabOf } from "./editorTabs";

/** How long VS Code may take to show an editor, in milliseconds. */
const showLimitMs = 5_000;

/**
 * Waits, for a bounded time, until an editor shows `document`.
 *
 * @param tab the tab to look in; if omitted, any editor counts, with or without a tab
 */
export async function shownEditor(
	document: TextDocument,
	tab?: Tab,
): Promise<TextEditor | undefined> {
	let subscription: Disposable | undefined;
	let timer: NodeJS.Timeout | undefined;
	try {
		return (
			visibleEditor(document, tab) ??
			(await new Promise<TextEditor | undefined>((resolve) => {
				timer = setTimeout(() => {
					resolve(undefined);
				}, showLimitMs);
				subscription = window.onDidChangeVisibleTextEditors(() => {
					const found = visibleEditor(document, tab);
					if (found) {
						resolve(found);
					}
				});
			}))
		);
	} finally {
		clearTimeout(timer);
		subscription?.dispose();
	}
}

/** Returns the visible editor that shows `document`. */
export function visibleEditor(document: TextDocument, tab?: Tab): TextEditor | undefined {
	return window.visibleTextEditors.find(
		(editor) =>
			editor.document.uri.toString() === document.uri.toString() &&
			(tab === undefined || frontTabOf(editor) === tab),
	);
}
