/** The format name in the extension's own JSON export (docs/export-format.md). */
export const exportFormatName = "local-llm-chats";
/** Increased with every change that an earlier version would misread. */
export const exportFormatVersion = 1;
