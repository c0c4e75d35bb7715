/** What the message's textbox is called. */
export const messageLabel = "Message";

/** What an empty one asks for while no answer runs. */
export const questionPlaceholder = "Ask a question";

/** What stands in the chat's place until it is there. */
export const openingText = "Opening the conversation…";
