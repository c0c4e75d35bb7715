import type { CodeSource } from "../../protocol/chat/chat";
import { t } from "../../wording/localize";

/** Returns the accessible name of the message's textbox. */
export function messageLabel(): string {
	return t("Message");
}

/** Returns the placeholder of an empty textbox while no answer runs. */
export function questionPlaceholder(): string {
	return t("Ask a question");
}

/** Returns the sentence shown until the chat is loaded. */
export function openingText(): string {
	return t("Opening the chat…");
}

/** Returns the tooltip of the buttons that attach code: the editor that the code is from, or why there is none. */
export function attachTitle(source: CodeSource | undefined): string {
	return source?.name === undefined
		? t("Open a file first, then attach its code")
		: t("Attach the selection, or the code at the cursor, from {0}", source.name);
}
