import { randomUUID } from "node:crypto";
import { Range, workspace, type Selection, type TextDocument, type TextEditor } from "vscode";
import type { AttachmentScope } from "../../protocol/chat";
import { lineSpan, type AttachedCode } from "../conversation/attachedCode";
import { maxAttachmentLength } from "../chat/chatAttachments";
import { formatCount } from "../../protocol/format";
import { UserError } from "../userError";
import { enclosingSymbol } from "./enclosingSymbol";

/**
 * Takes the code that the person means: every selection that is not blank, failing that the symbol around the
 * cursor, failing that the whole file.
 *
 * @throws {UserError} if only blank space is meant, or what is meant is too long to be attached.
 */
export async function selectedCode(editor: TextEditor): Promise<AttachedCode[]> {
	const { document } = editor;
	const selections = editor.selections.filter((selection) => !selection.isEmpty);
	const withCode = selections.filter((selection) => document.getText(selection).trim() !== "");
	if (selections.length > 0) {
		return (withCode.length > 0 ? withCode : selections)
			.toSorted((a, b) => a.start.compareTo(b.start))
			.map((selection) => attach(document, fromLineStart(document, selection), "selection"));
	}
	const symbol = await enclosingSymbol(document, editor.selection.active.line);
	if (symbol) {
		return [attach(document, fromLineStart(document, symbol), "symbol")];
	}
	const end = document.lineAt(document.lineCount - 1).range.end;
	return [attach(document, new Range(0, 0, end.line, end.character), "file")];
}

function attach(document: TextDocument, range: Range, scope: AttachmentScope): AttachedCode {
	const path = workspace.asRelativePath(document.uri);
	const fileName = path.slice(path.lastIndexOf("/") + 1);
	const code = document.getText(range);
	if (code.trim() === "") {
		throw new UserError(
			scope === "file"
				? `${fileName} is empty: there is no code to send.`
				: "Only blank space is selected: there is no code to send.",
		);
	}
	if (code.length > maxAttachmentLength) {
		throw new UserError(
			`This code has ${formatCount(code.length)} characters; at most ${formatCount(maxAttachmentLength)} can be sent. Select a part of it.`,
		);
	}
	const place = {
		startLine: range.start.line,
		startCharacter: range.start.character,
		endLine: range.end.line,
		endCharacter: range.end.character,
	};
	const { first, last } = lineSpan(place);
	const lines = first === last ? String(first) : `${first}-${last}`;
	return {
		chip: {
			id: randomUUID(),
			label: scope === "file" ? fileName : `${fileName}:${lines}`,
			scope,
			path,
			languageId: document.languageId,
		},
		uri: document.uri.toString(),
		range: place,
		code,
	};
}

/** Takes in the indentation before the range's first line, so that all its lines are indented alike. */
function fromLineStart(document: TextDocument, range: Selection | Range): Range {
	const lineStart = range.start.with({ character: 0 });
	const before = document.getText(new Range(lineStart, range.start));
	return before.trim() === "" ? new Range(lineStart, range.end) : new Range(range.start, range.end);
}
