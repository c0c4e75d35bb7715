/** Longest message or copied text, in UTF-16 units: far over any context, small enough to be copied about. */
export const maxTextLength = 4_000_000;
