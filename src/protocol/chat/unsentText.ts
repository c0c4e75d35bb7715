import * as v from "valibot";
import { idSchema as id } from "../idSchema";
import { maxUnsentEdits, maxUnsentLength } from "../text/textLimit";

const messageEditSchema = v.object({
	editedId: id,
	text: v.string(),
	/** The turn that the text was sent as, until the host shows that turn. */
	sentAs: v.optional(id),
});

/** A message of the user's that is being edited in place. */
export type MessageEdit = Readonly<v.InferOutput<typeof messageEditSchema>>;

/** The unsent text of one view, as the host keeps it across restarts of the window. */
export const unsentTextSchema = v.pipe(
	v.object({
		/** The text in the composer; empty once it is sent. */
		draft: v.string(),
		/** In the order in which they were begun, including those of chats that are not shown. */
		edits: v.pipe(v.array(messageEditSchema), v.maxLength(maxUnsentEdits), v.readonly()),
		/** Counts the changes of draft and edits: of two copies, the one with the higher revision is newer. */
		revision: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
	}),
	v.check(
		({ draft, edits }) =>
			edits.reduce((length, { text }) => length + text.length, draft.length) <= maxUnsentLength,
	),
);

export type UnsentText = Readonly<v.InferOutput<typeof unsentTextSchema>>;
