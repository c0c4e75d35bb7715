/*
 * What an import reads at most: far over what any conversation needs. A file that was made to do harm takes neither the
 * memory nor the minutes of the machine.
 */

/** Bytes of one JSON document, as a file or unpacked. It is never in memory as a whole. */
export const maxDocumentBytes = 4 * 1024 ** 3;
/** Bytes of all documents of one archive, unpacked. */
export const maxArchiveBytes = 8 * 1024 ** 3;
/** Documents of one archive, and entries that are looked at to find them. */
export const maxArchiveDocuments = 10_000;
export const maxArchiveEntries = 1_000_000;
/** Conversations of one file. */
export const maxChats = 50_000;
/** How long patterns of one file may search, in milliseconds. An answer that takes a minute ends the reading. */
export const maxPatternMs = 10_000;

/** UTF-8 bytes of one message as its program wrote it, with all that it says beside the text. */
export const maxValueBytes = 32 * 1024 ** 2;
/** Values in one message: strings, numbers, entries of lists. */
export const maxValues = 200_000;
/** Brackets around one value in a message. */
export const maxDepth = 256;
/** UTF-8 bytes of one string; what is longer is cut. */
export const maxStringBytes = 16 * 1024 ** 2;
/** UTF-8 bytes that are kept of an embedded picture or file ("data:…"): nothing of it is shown. */
export const keptDataBytes = 64;
/** UTF-8 bytes of a member's name. */
export const maxKeyBytes = 1_000;
/** Blanks between two values. */
export const maxBlanks = 1024 ** 2;

/** UTF-16 units of one conversation. */
export const maxChatLength = 32_000_000;
/** Steps up to the beginning of the conversation that adding its turns may take: branches times their depth. */
export const maxSteps = 500_000;
