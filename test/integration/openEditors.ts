import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import {
	commands,
	NotebookRange,
	Range,
	Selection,
	Uri,
	window,
	workspace,
	type Disposable,
	type NotebookDocument,
	type NotebookEditor,
	type TextDocument,
	type TextEditor,
	type ViewColumn,
} from "vscode";
import { until } from "../support/until";

/** The scheme of documents that exist only in VS Code and cannot be changed. */
const virtualScheme = "local-llm-test";

/** Files in a separate folder, and the ways in which users open editors on them. */
export class OpenEditors {
	readonly #folder: string;
	readonly #provider: Disposable;

	private constructor(folder: string) {
		this.#folder = folder;
		this.#provider = workspace.registerTextDocumentContentProvider(virtualScheme, {
			provideTextDocumentContent: ({ path: name }) => `virtual one\nvirtual two\n${name}\n`,
		});
	}

	static async make(): Promise<OpenEditors> {
		return new OpenEditors(await mkdtemp(path.join(os.tmpdir(), "local-llm-editors-")));
	}

	async dispose(): Promise<void> {
		this.#provider.dispose();
		await rm(this.#folder, { recursive: true, force: true });
	}

	async file(name: string, text: string): Promise<Uri> {
		const file = path.join(this.#folder, name);
		await writeFile(file, text);
		return Uri.file(file);
	}

	/** A notebook with Python cells. Cells that start with "#" are Markdown. */
	async notebook(name: string, cells: readonly string[]): Promise<Uri> {
		const json = {
			nbformat: 4,
			nbformat_minor: 5,
			metadata: { language_info: { name: "python" } },
			cells: cells.map((source, index) => ({
				id: `cell${index}`,
				metadata: {},
				source,
				...(source.startsWith("#")
					? { cell_type: "markdown" }
					: { cell_type: "code", outputs: [], execution_count: null }),
			})),
		};
		return this.file(name, JSON.stringify(json));
	}

	/** The address of a document that cannot be changed. */
	virtual(name: string): Uri {
		return Uri.from({ scheme: virtualScheme, path: `/${name}` });
	}

	/** Opens a document and selects `length` characters from the start of `line`. */
	async select(uri: Uri, line: number, length: number, column?: ViewColumn): Promise<TextEditor> {
		const editor = await window.showTextDocument(uri, {
			preview: false,
			...(column === undefined ? {} : { viewColumn: column }),
		});
		return selectIn(editor, line, length);
	}

	/** Opens a comparison and moves to one side of it. */
	async compare(left: Uri, right: Uri, side: "left" | "right"): Promise<TextEditor> {
		await commands.executeCommand("vscode.diff", left, right, "Comparison", { preview: false });
		await until("both sides are shown", () => shows(left) && shows(right));
		const [command, uri] =
			side === "left" ? ["focusSecondarySide", left] : ["focusPrimarySide", right];
		await commands.executeCommand(`workbench.action.compareEditor.${command}`);
		return activeOn(uri);
	}

	async openNotebook(uri: Uri, column?: ViewColumn): Promise<NotebookEditor> {
		const notebook = await workspace.openNotebookDocument(uri);
		return window.showNotebookDocument(notebook, {
			preview: false,
			...(column === undefined ? {} : { viewColumn: column }),
		});
	}

	/** Moves into the text of a cell and selects there. */
	async selectInCell(
		editor: NotebookEditor,
		cell: number,
		line: number,
		length: number,
	): Promise<TextEditor> {
		editor.selections = [new NotebookRange(cell, cell + 1)];
		await until("the cell is selected", () => editor.selections[0]?.start === cell);
		await commands.executeCommand("notebook.cell.edit");
		return selectIn(await activeOn(editor.notebook.cellAt(cell).document.uri), line, length);
	}
}

export function selectIn(editor: TextEditor, line: number, length: number): TextEditor {
	editor.selection = new Selection(line, 0, line, length);
	return editor;
}

/** Waits until VS Code has activated the editor on `uri`. */
export async function activeOn(uri: Uri): Promise<TextEditor> {
	return until(`${uri.path} is active`, () =>
		window.activeTextEditor?.document.uri.toString() === uri.toString()
			? window.activeTextEditor
			: undefined,
	);
}

export function shows(uri: Uri): boolean {
	return window.visibleTextEditors.some(
		({ document }) => document.uri.toString() === uri.toString(),
	);
}

/** Returns the text of a document, or of all cells of a notebook. */
export function textOf(document: TextDocument | NotebookDocument): string {
	return "getCells" in document
		? document
				.getCells()
				.map((cell) => cell.document.getText())
				.join("\n---\n")
		: document.getText(new Range(0, 0, document.lineCount, 0));
}
