import { randomUUID } from "node:crypto";
import { Range, workspace, type Selection, type TextDocument, type TextEditor } from "vscode";
import type { AttachmentScope } from "../../protocol/chat/chat";
import { lineSpan, type AttachedCode } from "../conversation/attachedCode";
import { maxAttachmentLength } from "../chat/chatAttachments";
import { formatCount } from "../../wording/format";
import { UserError } from "../base/userError";
import { documentName } from "./documentName";
import type { EditorPlace } from "./editorPlace";
import { urisOf } from "./editorTabs";
import { enclosingSymbol } from "./enclosingSymbol";
import { cellOf, selectedCells } from "./notebookCells";
import { t } from "../../wording/localize";

/**
 * Returns the code to attach: every selection that is not blank, or else the symbol around the cursor, or else the
 * whole file. In a notebook, the cell takes the place of the file.
 *
 * @throws {UserError} if there is only blank space, or the code cannot be read or is too long to attach
 */
export async function selectedCode(place: EditorPlace): Promise<AttachedCode[]> {
	switch (place.kind) {
		case "text":
			return codeIn(place.editor);
		case "cells": {
			const cells = selectedCells(place.editor).map(({ document }) => document);
			const withCode = cells.filter((document) => document.getText().trim() !== "");
			return (withCode.length > 0 ? withCode : cells).map(attachWhole);
		}
		case "closedToUs": {
			const uris = urisOf(place.tab.input);
			const document = workspace.textDocuments.find(
				({ uri }) => uris.length === 1 && uris.includes(uri.toString()),
			);
			if (!document) {
				throw new UserError(
					t(
						"Extensions cannot read the text of {0}. Open a text file, or click into the text you want to attach.",
						place.tab.label,
					),
				);
			}
			return [attachWhole(document)];
		}
	}
}

async function codeIn({ document, selections, selection }: TextEditor): Promise<AttachedCode[]> {
	const selected = selections.filter(({ isEmpty }) => !isEmpty);
	const withCode = selected.filter((range) => document.getText(range).trim() !== "");
	if (selected.length > 0) {
		return (withCode.length > 0 ? withCode : selected)
			.toSorted((a, b) => a.start.compareTo(b.start))
			.map((range) => attach(document, fromLineStart(document, range), "selection"));
	}
	const symbol = cellOf(document)
		? undefined
		: await enclosingSymbol(document, selection.active.line);
	return symbol
		? [attach(document, fromLineStart(document, symbol), "symbol")]
		: [attachWhole(document)];
}

function attachWhole(document: TextDocument): AttachedCode {
	const end = document.lineAt(document.lineCount - 1).range.end;
	const range = new Range(0, 0, end.line, end.character);
	return attach(document, range, cellOf(document) ? "cell" : "file");
}

function attach(document: TextDocument, range: Range, scope: AttachmentScope): AttachedCode {
	const { short, path } = documentName(document);
	const isWhole = scope === "file" || scope === "cell";
	const code = document.getText(range);
	if (code.trim() === "") {
		throw new UserError(
			isWhole
				? t("{0} is empty. Attach code from another file.", short)
				: t("The selection contains only spaces. Select some code."),
		);
	}
	if (code.length > maxAttachmentLength) {
		throw new UserError(
			t(
				"This code has {0} characters. The limit is {1}. Select a part of it.",
				formatCount(code.length),
				formatCount(maxAttachmentLength),
			),
		);
	}
	const span = {
		startLine: range.start.line,
		startCharacter: range.start.character,
		endLine: range.end.line,
		endCharacter: range.end.character,
	};
	const { first, last } = lineSpan(span);
	const lines = first === last ? String(first) : `${first}-${last}`;
	const notebook = cellOf(document)?.notebook;
	return {
		chip: {
			id: randomUUID(),
			label: isWhole ? short : `${short}:${lines}`,
			scope,
			path,
			languageId: document.languageId,
		},
		uri: document.uri.toString(),
		...(notebook ? { notebookUri: notebook.uri.toString() } : {}),
		range: span,
		code,
	};
}

/** Extends the range to include the indentation of its first line, so that all its lines are indented alike. */
function fromLineStart(document: TextDocument, range: Selection | Range): Range {
	const lineStart = range.start.with({ character: 0 });
	const before = document.getText(new Range(lineStart, range.start));
	return before.trim() === "" ? new Range(lineStart, range.end) : new Range(range.start, range.end);
}
