import * as v from "valibot";

/** Of conversations, turns and attachments: safe in the name of a file. Ours are UUIDs. */
export const idSchema = v.pipe(v.string(), v.maxLength(64), v.regex(/^[\w-]+$/));
