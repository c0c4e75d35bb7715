/**
 * The longest message or copied text, in UTF-16 units: far more than any context holds, but small enough to copy
 * around.
 */
export const maxTextLength = 4_000_000;

/**
 * The longest unsent text of one view that the host keeps, in UTF-16 units. VS Code warns when an extension's state
 * exceeds half a million.
 */
export const maxUnsentLength = 100_000;
/** The number of edits whose text the host keeps. */
export const maxUnsentEdits = 100;
