/** What the extension's own JSON of chats calls itself (docs/export-format.md). */
export const exportFormatName = "local-llm-chats";
/** Raised with every change that a version before it would misread. */
export const exportFormatVersion = 1;
