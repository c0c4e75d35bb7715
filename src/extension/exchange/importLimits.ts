/*
 * What an import reads at most. Far over what any conversation needs, and small enough that a file that was made to do
 * harm takes neither the memory nor the minutes of the extension host.
 */

/** Bytes of one JSON document, as a file or unpacked: it is one string while it is read. */
export const maxDocumentBytes = 256 * 1024 * 1024;
/** Documents of one archive. */
export const maxArchiveDocuments = 10_000;
/** Conversations of one import. */
export const maxChats = 50_000;
/** Messages of one conversation, those that are not imported included. */
export const maxNodes = 20_000;
/** UTF-16 units of one message, one answer or one piece of code. */
export const maxTurnLength = 16_000_000;
/** UTF-16 units of one conversation. */
export const maxChatLength = 64_000_000;
/** UTF-16 units of a title; what is longer is cut. */
export const maxTitleLength = 200;
/** Steps up to the beginning of the conversation that adding its turns may take: branches times their depth. */
export const maxSteps = 5_000_000;
