/** Longest message or copied text, in UTF-16 units: far over any context, small enough to be copied about. */
export const maxTextLength = 4_000_000;

/**
 * So much text that is typed in one view and not sent is kept by the host, in UTF-16 units: VS Code warns where an
 * extension's state exceeds half a million.
 */
export const maxUnsentLength = 100_000;
/** The host keeps the text of so many edits. */
export const maxUnsentEdits = 100;
