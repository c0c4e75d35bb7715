/** Converts a parsed line, a header or a record, to the next version. */
export type Migration = (line: unknown) => unknown;

/** The step at index n converts version n + 1 to version n + 2. The last one leads to `chatFormatVersion`. */
export const migrations: readonly Migration[] = [];
