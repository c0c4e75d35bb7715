/*
 * Limits of an import, far above what any conversation needs. They keep a malicious file from using up the machine's
 * memory or minutes of its time.
 */

/** Bytes of one JSON document, unpacked. It is never in memory as a whole. */
export const maxDocumentBytes = 4 * 1024 ** 3;
/** Bytes of all documents in one archive, unpacked. */
export const maxArchiveBytes = 8 * 1024 ** 3;
/** Documents in one archive, and entries that are inspected to find them. */
export const maxArchiveDocuments = 10_000;
export const maxArchiveEntries = 1_000_000;
/** Conversations in one file. */
export const maxChats = 50_000;
/**
 * Total search time of the regular expressions in one file, in milliseconds. The host gives up on a response that takes
 * a minute.
 */
export const maxPatternMs = 10_000;

/** UTF-8 bytes of one message as its program wrote it, including its metadata. */
export const maxValueBytes = 32 * 1024 ** 2;
/** Values in one message: strings, numbers, and list entries. */
export const maxValues = 200_000;
/** Nesting depth of a value in a message. */
export const maxDepth = 256;
/** UTF-8 bytes of one string; longer ones are cut. */
export const maxStringBytes = 16 * 1024 ** 2;
/** UTF-8 bytes that are kept of an embedded picture or file ("data:…"), which is never shown. */
export const keptDataBytes = 64;
/** UTF-8 bytes of a member's name. */
export const maxKeyBytes = 1_000;
/** White space between two values, in bytes. */
export const maxBlanks = 1024 ** 2;

/** UTF-16 units of one conversation. */
export const maxChatLength = 32_000_000;
/**
 * Steps toward the beginning of the conversation that adding its turns may take: the number of branches times their
 * depth.
 */
export const maxSteps = 500_000;
