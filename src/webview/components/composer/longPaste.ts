import { maxTextLength } from "../../../protocol/text/textLimit";

/** From here on a text is a document rather than words of a message, and a textbox shows little of it. */
const leastLines = 200;
const leastLength = 20_000;

/** @returns whether pasted text is to go along as an attachment. What is too long for a message stays where it can be cut. */
export function isLongPaste(text: string): boolean {
	return (
		text.length <= maxTextLength &&
		(text.length >= leastLength || text.split("\n", leastLines).length >= leastLines)
	);
}
