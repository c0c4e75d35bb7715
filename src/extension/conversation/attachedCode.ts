import type { AttachmentChip } from "../../protocol/chat/chat";

/** A place in a document; lines and characters count from 0, as VS Code's positions do. */
export interface CodeRange {
	readonly startLine: number;
	readonly startCharacter: number;
	readonly endLine: number;
	readonly endCharacter: number;
}

/** Code that goes with a message: what views see of it, and what only the host holds. */
export interface AttachedCode {
	readonly chip: AttachmentChip;
	/** The document it was taken from. */
	readonly uri: string;
	/** The notebook, of which that document is a cell. */
	readonly notebookUri?: string | undefined;
	readonly range: CodeRange;
	/** As it was when it was attached. */
	readonly code: string;
}

/**
 * @returns first and last line of the range, counted from 1. A range that ends before the first character of a
 * line does not reach into that line.
 */
export function lineSpan(range: CodeRange): { readonly first: number; readonly last: number } {
	const reachesInto = range.endCharacter > 0 || range.endLine === range.startLine;
	return { first: range.startLine + 1, last: reachesInto ? range.endLine + 1 : range.endLine };
}
