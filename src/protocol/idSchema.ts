import * as v from "valibot";

/** The id of a chat, turn, or attachment: safe in file names. The extension's own ids are UUIDs. */
export const idSchema = v.pipe(v.string(), v.maxLength(64), v.regex(/^[\w-]+$/));
