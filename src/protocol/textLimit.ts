/** Longest message or copied text, in UTF-16 units: far over any context, small enough to be copied about. */
export const maxTextLength = 4_000_000;

/** Longest draft that the host keeps, in UTF-16 units: VS Code warns where an extension's state exceeds half a million. */
export const maxKeptDraftLength = 100_000;
