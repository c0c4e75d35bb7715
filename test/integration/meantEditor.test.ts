import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import {
	commands,
	NotebookRange,
	Range,
	Selection,
	Uri,
	ViewColumn,
	window,
	workspace,
	WorkspaceEdit,
} from "vscode";
import { until } from "../support/until";
import { extension, startChat, type RunningChat } from "./extension";
import { activeOn, OpenEditors, selectIn, shows, textOf } from "./openEditors";

const otherText = "export const other = 1;\nexport const more = 2;\n";
const cells = ["# Title\n\nwords", "first = 1\nfirst += 1", "second = 2\nprint(second)"];

describe("The editor that the user means", () => {
	let running: RunningChat;
	let editors: OpenEditors;
	let other: Uri;
	beforeEach(async () => {
		running = await startChat();
		editors = await OpenEditors.make();
		other = await editors.file("other.ts", otherText);
		// This must never be sent or changed: it was selected earlier.
		await editors.select(other, 0, 12);
	});
	afterEach(async () => {
		await commands.executeCommand("workbench.action.closePanel");
		await workspace.saveAll(false);
		await commands.executeCommand("workbench.action.closeAllEditors");
		await editors.dispose();
	});

	/** Returns the pieces that Send takes: name, language, and code of each. */
	const sent = async (): Promise<readonly (readonly string[])[]> => {
		const { attachments, store } = running.chat;
		for (const { id } of store.state.attachments) {
			attachments.remove(id);
		}
		await running.chat.perform({ type: "attachSelection" });
		return store.state.attachments.map(({ id, label, languageId }) => [
			label,
			languageId,
			attachments.get(id)!.code,
		]);
	};
	const insert = async (): Promise<void> => running.chat.perform({ type: "insertCode", text: "X" });
	const refuses = async (sentence: RegExp): Promise<void> => {
		await assert.rejects(insert, { name: "UserError", message: sentence });
		assert.equal(await textOn(other), otherText);
	};
	const textOn = async (uri: Uri): Promise<string> => textOf(await workspace.openTextDocument(uri));
	const showChatTab = async (): Promise<void> => {
		await commands.executeCommand("localLlm.openChatInEditor");
		await until("the chat tab is in front", () => window.activeTextEditor === undefined);
	};

	describe("is a notebook cell", () => {
		it("by its name, lines, and language, and the code goes into it", async () => {
			const notebook = await editors.openNotebook(await editors.notebook("n.ipynb", cells));
			await editors.selectInCell(notebook, 2, 1, 5);
			assert.deepEqual(await sent(), [["n.ipynb, cell 3:2", "python", "print"]]);
			await insert();
			assert.equal(notebook.notebook.cellAt(2).document.getText(), "second = 2\nX(second)");
			assert.equal(await textOn(other), otherText);
		});

		it("as a whole if nothing is selected in it", async () => {
			const notebook = await editors.openNotebook(await editors.notebook("n.ipynb", cells));
			await editors.selectInCell(notebook, 1, 1, 0);
			assert.deepEqual(await sent(), [["n.ipynb, cell 2", "python", cells[1]]]);
			await insert();
			assert.equal(notebook.notebook.cellAt(1).document.getText(), "first = 1\nXfirst += 1");
		});

		it("in Markdown", async () => {
			const notebook = await editors.openNotebook(await editors.notebook("n.ipynb", cells));
			await editors.selectInCell(notebook, 0, 2, 5);
			assert.deepEqual(await sent(), [["n.ipynb, cell 1:3", "markdown", "words"]]);
			await insert();
			assert.equal(notebook.notebook.cellAt(0).document.getText(), "# Title\n\nX");
		});

		it("in the notebook that was used last, if several contain the same", async () => {
			const first = await editors.openNotebook(await editors.notebook("a.ipynb", cells));
			const second = await editors.openNotebook(
				await editors.notebook("b.ipynb", cells),
				ViewColumn.Two,
			);
			await editors.selectInCell(second, 1, 0, 5);
			await editors.selectInCell(
				await editors.openNotebook(first.notebook.uri, ViewColumn.One),
				1,
				0,
				5,
			);
			assert.deepEqual(await sent(), [["a.ipynb, cell 2:1", "python", "first"]]);
			await insert();
			assert.equal(first.notebook.cellAt(1).document.getText(), "X = 1\nfirst += 1");
			assert.equal(textOf(second.notebook), cells.join("\n---\n"));
		});

		it("that is selected as a whole, without a cursor", async () => {
			const notebook = await editors.openNotebook(await editors.notebook("n.ipynb", cells));
			await editors.selectInCell(notebook, 2, 0, 3);
			await commands.executeCommand("notebook.cell.quitEdit");
			notebook.selections = [new NotebookRange(0, 2)];
			await until("two cells are selected", () => notebook.selections[0]?.end === 2);
			assert.deepEqual(await sent(), [
				["n.ipynb, cell 1", "markdown", cells[0]],
				["n.ipynb, cell 2", "python", cells[1]],
			]);
			await refuses(/^Whole cells are selected/);
			assert.equal(textOf(notebook.notebook), cells.join("\n---\n"));
		});

		it("behind the chat tab", async () => {
			const notebook = await editors.openNotebook(await editors.notebook("n.ipynb", cells));
			await editors.selectInCell(notebook, 1, 0, 5);
			await showChatTab();
			assert.deepEqual(await sent(), [["n.ipynb, cell 2:1", "python", "first"]]);
			await insert();
			assert.equal(notebook.notebook.cellAt(1).document.getText(), "X = 1\nfirst += 1");
		});

		it("behind the chat tab, scrolled out of sight", async () => {
			const many = Array.from({ length: 60 }, (_, index) => `x${index} = 1\n\n\n\n# end`);
			const notebook = await editors.openNotebook(await editors.notebook("n.ipynb", many));
			const cell = await editors.selectInCell(notebook, 1, 0, 2);
			notebook.revealRange(new NotebookRange(59, 60));
			await until("the last cell is in sight", () =>
				notebook.visibleRanges.some(({ end }) => end >= 59),
			);
			await showChatTab();
			assert.deepEqual(await sent(), [["n.ipynb, cell 2:1", "python", "x1"]]);
			await insert();
			assert.equal(textOf(cell.document), many[1]!.replace("x1", "X"));
		});

		it("of a notebook comparison only if one has the cursor", async () => {
			const left = await editors.notebook("a.ipynb", ["one = 1\n"]);
			const right = await editors.notebook("b.ipynb", ["one = 2\n"]);
			await commands.executeCommand("vscode.diff", left, right, "Notebooks");
			await until("the cells are shown", () =>
				window.visibleTextEditors.some(({ document }) => document.uri.path === right.path),
			);
			await assert.rejects(sent, /^UserError: Extensions cannot read the text of Notebooks/);
			await refuses(/cannot see the cursor in Notebooks/);
		});

		it("and its chip opens it", async () => {
			const uri = await editors.notebook("n.ipynb", cells);
			await editors.selectInCell(await editors.openNotebook(uri), 1, 0, 5);
			await sent();
			const [chip] = running.chat.store.state.attachments;
			await commands.executeCommand("workbench.action.closeActiveEditor");
			await running.chat.perform({ type: "revealAttachment", attachmentId: chip!.id });
			const notebook = await until("the notebook is open", () => window.activeNotebookEditor);
			assert.equal(notebook.notebook.uri.toString(), uri.toString());
			assert.equal(notebook.selections[0]?.start, 1);
		});
	});

	describe("is a side of a comparison", () => {
		it("on the left, which is read-only", async () => {
			const left = editors.virtual("math.ts");
			const right = await editors.file("math.ts", "right one\nright two\n");
			selectIn(await editors.compare(left, right, "left"), 1, 7);
			assert.deepEqual(await sent(), [["math.ts:2", "typescript", "virtual"]]);
			await refuses(/^math\.ts is read-only here/);
			assert.equal(await textOn(right), "right one\nright two\n");
		});

		it("on the left, behind the chat tab", async () => {
			const left = editors.virtual("math.ts");
			const right = await editors.file("math.ts", "right one\nright two\n");
			selectIn(await editors.compare(left, right, "left"), 1, 7);
			await showChatTab();
			assert.deepEqual(await sent(), [["math.ts:2", "typescript", "virtual"]]);
			await refuses(/^math\.ts is read-only here/);
			assert.equal(await textOn(right), "right one\nright two\n");
		});

		it("on the left, while VS Code closes texts in the background", async () => {
			const left = editors.virtual("math.ts");
			const right = await editors.file("math.ts", "right one\nright two\n");
			selectIn(await editors.compare(left, right, "left"), 1, 7);
			await commands.executeCommand("localLlm.openChat");
			await until("the view is live", () => running.chat.liveViews().sideBar);
			await commands.executeCommand(
				"vscode.executeDocumentSymbolProvider",
				await editors.file("background.ts", "export const background = 1;\n"),
			);
			assert.deepEqual(await sent(), [["math.ts:2", "typescript", "virtual"]]);
			await refuses(/^math\.ts is read-only here/);
		});

		it("on the right, which can be changed", async () => {
			const left = editors.virtual("math.ts");
			const right = await editors.file("math.ts", "right one\nright two\n");
			await editors.compare(left, right, "left");
			selectIn(await editors.compare(left, right, "right"), 1, 5);
			assert.deepEqual(await sent(), [["math.ts:2", "typescript", "right"]]);
			await showChatTab();
			await insert();
			assert.equal(await textOn(right), "right one\nX two\n");
		});

		it("of a merge: an input, or the result", async () => {
			const output = await editors.file("merged.ts", "base one\nbase two\n");
			const input = editors.virtual("input.ts");
			await commands.executeCommand("_open.mergeEditor", {
				base: editors.virtual("base.ts"),
				input1: { uri: input, title: "Current" },
				input2: { uri: editors.virtual("incoming.ts"), title: "Incoming" },
				output,
			});
			await until("the result is shown", () => shows(output) && shows(input));
			const result = await activeOn(output);
			selectIn(result, 1, 4);
			assert.deepEqual(await sent(), [["merged.ts:2", "typescript", "base"]]);
			await insert();
			assert.equal(await textOn(output), "base one\nX two\n");
			await commands.executeCommand("workbench.action.files.revert");
			await commands.executeCommand("merge.acceptAllInput1").then(undefined, () => undefined);
			await workspace.saveAll(false);
		});
	});

	it("is the one in the second group", async () => {
		const second = await editors.file("second.py", "a = 1\nb = 2\n");
		await editors.select(second, 1, 1, ViewColumn.Two);
		assert.deepEqual(await sent(), [["second.py:2", "python", "b"]]);
		await showChatTab();
		await insert();
		assert.equal(await textOn(second), "a = 1\nX = 2\n");
		assert.equal(await textOn(other), otherText);
	});

	it("is one of two on the same file", async () => {
		await editors.select(other, 1, 6, ViewColumn.Two);
		await editors.select(other, 0, 12, ViewColumn.One);
		await editors.select(other, 1, 6, ViewColumn.Two);
		assert.deepEqual(await sent(), [["other.ts:2", "typescript", "export"]]);
		await showChatTab();
		await insert();
		assert.equal(await textOn(other), otherText.replace(/export(?= const more)/, "X"));
	});

	it("is the one in a separate window", async () => {
		const moved = await editors.file("moved.py", "a = 1\nb = 2\n");
		await editors.select(moved, 1, 1);
		await commands.executeCommand("workbench.action.moveEditorToNewWindow");
		const editor = await until("it has moved", () =>
			window.activeTextEditor?.viewColumn === ViewColumn.Two ? window.activeTextEditor : undefined,
		);
		selectIn(editor, 1, 1);
		assert.deepEqual(await sent(), [["moved.py:2", "python", "b"]]);
		await insert();
		assert.equal(await textOn(moved), "a = 1\nX = 2\n");
	});

	it("is a peek view, whose text stays the one that is meant", async () => {
		const text = "function used() {}\nused();\n";
		const outer = await editors.file("outer.ts", text);
		await editors.select(outer, 1, 0);
		await commands.executeCommand(
			"editor.action.peekLocations",
			outer,
			new Range(1, 0, 1, 0).start,
			[{ uri: other, range: new Range(1, 13, 1, 17) }],
			"peek",
		);
		await until("the peek is shown", () => shows(other));
		await commands.executeCommand("togglePeekWidgetFocus");
		selectIn(await activeOn(other), 1, 6);
		assert.deepEqual(await sent(), [["other.ts:2", "typescript", "export"]]);
		await insert();
		assert.equal(await textOn(other), otherText.replace(/export(?= const more)/, "X"));
		assert.equal(await textOn(outer), text);
	});

	it("is an output channel, which is read-only", async () => {
		const channel = window.createOutputChannel("Printed Words");
		try {
			channel.append("printed one\nprinted two\n");
			channel.show();
			const editor = await until("the channel is active", () =>
				window.activeTextEditor?.document.uri.scheme === "output" &&
				window.activeTextEditor.document.getText().includes("printed two")
					? window.activeTextEditor
					: undefined,
			);
			selectIn(editor, 1, 7);
			assert.deepEqual(await sent(), [["Printed Words (output):2", "Log", "printed"]]);
			await refuses(/^Printed Words \(output\) is read-only here/);
		} finally {
			channel.dispose();
		}
	});

	it("is a virtual document, which is read-only", async () => {
		await editors.select(editors.virtual("made.py"), 1, 7);
		assert.deepEqual(await sent(), [["made.py:2", "python", "virtual"]]);
		assert.equal(running.chat.store.state.attachments[0]?.path, "/made.py (local-llm-test)");
		await refuses(/^made\.py is read-only here/);
	});

	it("is a list of search results", async () => {
		await commands.executeCommand("search.action.openNewEditor", {
			query: "addNumbers",
			triggerSearch: true,
		});
		const editor = await until("the results are active", () =>
			window.activeTextEditor?.document.uri.scheme === "search-editor" &&
			window.activeTextEditor.document.getText().includes("addNumbers")
				? window.activeTextEditor
				: undefined,
		);
		selectIn(editor, 0, 0);
		const [[label, , code] = []] = await sent();
		assert.equal(label, "Search");
		assert.equal(code, editor.document.getText());
	});

	it("is a document that was never saved", async () => {
		const document = await workspace.openTextDocument({ content: "one\ntwo\n", language: "ruby" });
		selectIn(await window.showTextDocument(document), 1, 3);
		assert.deepEqual(await sent(), [[`${document.uri.path}:2`, "ruby", "two"]]);
		await insert();
		assert.equal(document.getText(), "one\nX\n");
	});

	it("is an image, which contains no text", async () => {
		const icon = Uri.joinPath(extension().extensionUri, "media/icon.png");
		const before = await readFile(icon.fsPath);
		await commands.executeCommand("vscode.open", icon);
		await until(
			"the picture is in front",
			() => window.tabGroups.activeTabGroup.activeTab?.label === "icon.png",
		);
		await until("no text is active", () => window.activeTextEditor === undefined);
		await assert.rejects(sent, /^UserError: Extensions cannot read the text of icon\.png/);
		await refuses(/cannot see the cursor in icon\.png/);
		assert.deepEqual(await readFile(icon.fsPath), before);
	});

	it("is unknown if it has changed out of sight", async () => {
		await showChatTab();
		const edit = new WorkspaceEdit();
		edit.insert(other, new Selection(0, 0, 0, 0).start, "// new\n");
		await workspace.applyEdit(edit);
		await assert.rejects(insert, { message: /^other\.ts changed while it was not visible/ });
		assert.equal(await textOn(other), `// new\n${otherText}`);
	});

	it("is the only visible one if the last was closed", async () => {
		const closed = await editors.file("closed.py", "a = 1\n");
		await editors.select(closed, 0, 1, ViewColumn.Two);
		await commands.executeCommand("localLlm.openChatInEditor");
		await until("the chat tab is in front", () => window.activeTextEditor === undefined);
		const tab = window.tabGroups.all
			.flatMap(({ tabs }) => tabs)
			.find(({ label }) => label === "closed.py");
		await window.tabGroups.close(tab!);
		await insert();
		assert.equal(await textOn(other), otherText.replace("export const", "X"));
	});
});
