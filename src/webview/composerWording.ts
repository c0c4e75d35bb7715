import type { CodeSource } from "../protocol/chat";

/** What the message's textbox is called. */
export const messageLabel = "Message";

/** What an empty one asks for while no answer runs. */
export const questionPlaceholder = "Ask a question";

/** What stands in the chat's place until it is there. */
export const openingText = "Opening the conversation…";

/** What the buttons that attach code say of themselves: which editor is meant, or why there is none. */
export function attachTitle(source: CodeSource | undefined): string {
	return source?.name === undefined
		? "Open a file first, then attach its code"
		: `Attach the selection, or the code at the cursor, from ${source.name}`;
}
