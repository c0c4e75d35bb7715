import assert from "node:assert/strict";
import path from "node:path";
import {
	commands,
	DocumentSymbol,
	languages,
	Range,
	Selection,
	SymbolKind,
	Uri,
	window,
	workspace,
	type Disposable,
} from "vscode";
import { until } from "../support/until";
import { openText, startChat, type RunningChat } from "./extension";

const text = "one {\n  two {\n    three\n  }\n}\n\nfour\n";

function symbol(kind: SymbolKind, firstLine: number, lastLine: number): DocumentSymbol {
	const range = new Range(firstLine, 2, lastLine, 3);
	return new DocumentSymbol("name", "", kind, range, range);
}

describe("Attach Code to Chat", () => {
	let running: RunningChat;
	const registered: Disposable[] = [];
	beforeEach(async () => {
		running = await startChat();
	});
	afterEach(() => {
		for (const registration of registered.splice(0)) {
			registration.dispose();
		}
	});
	const chips = (): { label: string; scope: string }[] =>
		running.chat.store.state.attachments.map(({ label, scope }) => ({ label, scope }));
	const code = (index: number): string | undefined =>
		running.chat.attachments.get(running.chat.store.state.attachments[index]!.id)?.code;

	it("attaches the selection with its lines, and opens the chat", async () => {
		const file = Uri.file(path.join(workspace.workspaceFolders![0]!.uri.fsPath, "src/math.ts"));
		const editor = await window.showTextDocument(file);
		editor.selection = new Selection(2, 0, 4, 1);
		await commands.executeCommand("localLlm.sendSelection");
		assert.deepEqual(chips(), [{ label: "math.ts:3-5", scope: "selection" }]);
		const [chip] = running.chat.store.state.attachments;
		assert.deepEqual([chip?.path, chip?.languageId], ["src/math.ts", "typescript"]);
		assert.match(code(0)!, /^function addNumbers[\s\S]*\}$/);
		await until("the view is live", () => running.chat.liveViews().sideBar);
	});

	it("attaches each of several selections, in file order", async () => {
		const editor = await openText(text);
		editor.selections = [new Selection(6, 0, 6, 4), new Selection(0, 0, 1, 0)];
		await commands.executeCommand("localLlm.sendSelection");
		assert.deepEqual(
			chips().map(({ label }) => label.replace(/^.*:/, "")),
			["1", "7"],
		);
		assert.equal(code(1), "four");
	});

	it("leaves out blank selections if others contain code", async () => {
		const editor = await openText(text);
		editor.selections = [new Selection(6, 0, 6, 4), new Selection(2, 0, 2, 4)];
		await commands.executeCommand("localLlm.sendSelection");
		assert.equal(chips().length, 1);
		assert.equal(code(0), "four");
	});

	it("reports that everything selected is blank", async () => {
		const editor = await openText(text);
		editor.selections = [new Selection(2, 0, 2, 2), new Selection(5, 0, 6, 0)];
		await assert.rejects(async () => running.chat.perform({ type: "attachSelection" }), {
			name: "UserError",
			message: /^The selection contains only spaces/,
		});
	});

	it("attaches the same selection once", async () => {
		const editor = await openText(text);
		editor.selection = new Selection(0, 0, 1, 0);
		await commands.executeCommand("localLlm.sendSelection");
		await commands.executeCommand("localLlm.sendSelection");
		assert.equal(chips().length, 1);
	});

	it("without a selection, attaches the innermost function around the cursor, not a variable in it", async () => {
		const outer = symbol(SymbolKind.Class, 0, 4);
		const inner = symbol(SymbolKind.Function, 1, 3);
		inner.children.push(symbol(SymbolKind.Variable, 2, 2));
		outer.children.push(inner);
		registered.push(
			languages.registerDocumentSymbolProvider("plaintext", {
				provideDocumentSymbols: () => [outer],
			}),
		);
		const editor = await openText(text);
		editor.selection = new Selection(2, 4, 2, 4);
		await commands.executeCommand("localLlm.sendSelection");
		assert.deepEqual(
			chips().map(({ label, scope }) => [label.replace(/^.*:/, ""), scope]),
			[["2-4", "symbol"]],
		);
		assert.equal(code(0), "  two {\n    three\n  }");
	});

	it("without a selection and outside every symbol, attaches the file", async () => {
		registered.push(
			languages.registerDocumentSymbolProvider("plaintext", {
				provideDocumentSymbols: () => [symbol(SymbolKind.Function, 0, 4)],
			}),
		);
		const editor = await openText(text);
		editor.selection = new Selection(6, 0, 6, 0);
		await commands.executeCommand("localLlm.sendSelection");
		assert.deepEqual(
			chips().map(({ scope }) => scope),
			["file"],
		);
		assert.doesNotMatch(chips()[0]!.label, /:/);
		assert.equal(code(0), text);
	});

	it("attaches the selection behind the chat tab, which stays visible", async () => {
		const editor = await openText(text);
		editor.selection = new Selection(6, 0, 6, 4);
		await commands.executeCommand("localLlm.openChatInEditor");
		await until("no text editor is active", () => window.activeTextEditor === undefined);
		await running.chat.perform({ type: "attachSelection" });
		assert.equal(code(0), "four");
		await until("the tab is live", () => running.chat.liveViews().editor);
		assert.equal(window.activeTextEditor, undefined);
	});

	it("reports that there is nothing to send", async () => {
		await assert.rejects(async () => running.chat.perform({ type: "attachSelection" }), {
			name: "UserError",
			message: /^Open a file first/,
		});
		await openText("closed again");
		await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
		await assert.rejects(
			async () => running.chat.perform({ type: "attachSelection" }),
			/^UserError: Open a file/,
		);
		await openText(" \n");
		await assert.rejects(async () => running.chat.perform({ type: "attachSelection" }), {
			name: "UserError",
			message: /is empty/,
		});
	});

	it("attaches code that can be opened again at its place", async () => {
		const editor = await openText(text);
		editor.selection = new Selection(1, 2, 3, 3);
		await commands.executeCommand("localLlm.sendSelection");
		editor.selection = new Selection(0, 0, 0, 0);
		await running.chat.perform({
			type: "revealAttachment",
			attachmentId: running.chat.store.state.attachments[0]!.id,
		});
		const { selection } = window.activeTextEditor!;
		assert.deepEqual([selection.start.line, selection.end.line], [1, 3]);
	});

	it("attaches code that can be removed", async () => {
		await openText(text);
		await commands.executeCommand("localLlm.sendSelection");
		await running.chat.perform({
			type: "removeAttachment",
			attachmentId: running.chat.store.state.attachments[0]!.id,
		});
		assert.deepEqual(chips(), []);
	});
});
