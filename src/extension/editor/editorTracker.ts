import { TabInputNotebook, TabInputText, TabInputTextDiff, window, type TextEditor } from "vscode";
import type { Disposable } from "../disposableStore";
import { UserError } from "../userError";

/** Remembers the text editor that was active last: while a chat tab is in front, VS Code knows of none. */
export class EditorTracker implements Disposable {
	#last: TextEditor | undefined;
	readonly #subscription: Disposable;

	constructor() {
		this.#remember(window.activeTextEditor);
		this.#subscription = window.onDidChangeActiveTextEditor((editor) => {
			this.#remember(editor);
		});
	}

	/**
	 * The text editor that is active or was last. It may be behind another tab: its document and selections can
	 * be read all the same, but only one that `show` brought to the front can be edited.
	 *
	 * @throws {UserError} with `otherwise` as its sentence, if there is none or it was closed.
	 */
	lastActive(otherwise: string): TextEditor {
		if (!this.#last || !isOpen(this.#last)) {
			throw new UserError(otherwise);
		}
		return this.#last;
	}

	/**
	 * Brings that editor to the front and gives it the focus; its cursor is where it was.
	 *
	 * @throws {UserError} as `lastActive` does.
	 */
	async show(otherwise: string): Promise<TextEditor> {
		const { document, viewColumn, selection } = this.lastActive(otherwise);
		return window.showTextDocument(document, {
			...(viewColumn === undefined ? {} : { viewColumn }),
			selection,
			preview: false,
		});
	}

	dispose(): void {
		this.#subscription.dispose();
	}

	/** Output panels and input boxes are text editors too, but have no column. */
	#remember(editor: TextEditor | undefined): void {
		if (editor?.viewColumn !== undefined) {
			this.#last = editor;
		}
	}
}

/** A document outlives its editor for a while, so that only the tabs tell whether a person still sees it open. */
function isOpen(editor: TextEditor): boolean {
	if (window.visibleTextEditors.includes(editor)) {
		return true;
	}
	const { uri } = editor.document;
	return window.tabGroups.all
		.flatMap(({ tabs }) => tabs)
		.some(({ input }) => {
			if (input instanceof TabInputText) {
				return input.uri.toString() === uri.toString();
			}
			if (input instanceof TabInputTextDiff) {
				return [input.original, input.modified].some((side) => side.toString() === uri.toString());
			}
			// A cell has the path of its notebook.
			return input instanceof TabInputNotebook && input.uri.path === uri.path;
		});
}
