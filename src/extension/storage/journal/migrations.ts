/** Turns a parsed line of one version, a header or a record, into one of the next version. */
export type Migration = (line: unknown) => unknown;

/** The step at position n leads from version n + 1 to version n + 2; the last leads to `chatFormatVersion`. */
export const migrations: readonly Migration[] = [];
