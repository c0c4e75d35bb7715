import type { AttachmentChip } from "../../protocol/chat/chat";

/** A range in a document. Lines and characters count from 0, as in VS Code. */
export interface CodeRange {
	readonly startLine: number;
	readonly startCharacter: number;
	readonly endLine: number;
	readonly endCharacter: number;
}

/** Code that is sent with a message: the chip that views show, and the details that only the host has. */
export interface AttachedCode {
	readonly chip: AttachmentChip;
	/** The URI of the source document; empty for pasted text. */
	readonly uri: string;
	/** The URI of the notebook, if the document is a cell. */
	readonly notebookUri?: string | undefined;
	readonly range: CodeRange;
	/** The text at the time of attaching. */
	readonly code: string;
}

/**
 * Returns the first and last line of a range, counted from 1. A range that ends before the first character of a line
 * does not include that line.
 */
export function lineSpan(range: CodeRange): { readonly first: number; readonly last: number } {
	const reachesInto = range.endCharacter > 0 || range.endLine === range.startLine;
	return { first: range.startLine + 1, last: reachesInto ? range.endLine + 1 : range.endLine };
}
