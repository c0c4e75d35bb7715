import * as v from "valibot";
import { idSchema as id } from "../idSchema";
import { maxUnsentEdits, maxUnsentLength } from "../text/textLimit";

const messageEditSchema = v.object({
	editedId: id,
	text: v.string(),
	/** The turn that it was sent as, until the host shows that turn. */
	sentAs: v.optional(id),
});

/** A message of one's own that is being rewritten in its place. */
export type MessageEdit = Readonly<v.InferOutput<typeof messageEditSchema>>;

/** What is typed in one view and not sent, as the host keeps it over the end of a window. */
export const unsentTextSchema = v.pipe(
	v.object({
		/** Lies in the composer; empty once it was sent. */
		draft: v.string(),
		/** Begun first, first; also those of conversations that are not shown. */
		edits: v.pipe(v.array(messageEditSchema), v.maxLength(maxUnsentEdits), v.readonly()),
		/** Counts the changes of draft and edits: of two copies the higher one is newer. */
		revision: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
	}),
	v.check(
		({ draft, edits }) =>
			edits.reduce((length, { text }) => length + text.length, draft.length) <= maxUnsentLength,
	),
);

export type UnsentText = Readonly<v.InferOutput<typeof unsentTextSchema>>;
