import { maxTextLength } from "../../../protocol/text/textLimit";

/** The shortest text that is treated as a document rather than as a message; a textbox shows little of it. */
const leastLines = 200;
const leastLength = 20_000;

/**
 * Returns whether pasted text becomes an attachment. A text above the limit of a message stays in the textbox, where it
 * can be shortened.
 */
export function isLongPaste(text: string): boolean {
	return (
		text.length <= maxTextLength &&
		(text.length >= leastLength || text.split("\n", leastLines).length >= leastLines)
	);
}
