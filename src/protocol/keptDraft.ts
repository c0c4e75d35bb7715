import * as v from "valibot";
import { maxKeptDraftLength } from "./textLimit";

/** What is typed in the composer of one view and not sent, as the host keeps it over the end of a window. */
export const keptDraftSchema = v.object({
	/** Empty once it was sent. */
	text: v.pipe(v.string(), v.maxLength(maxKeptDraftLength)),
	/** Counts the changes of the draft: of two copies the higher one is newer. */
	revision: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
});

export type KeptDraft = Readonly<v.InferOutput<typeof keptDraftSchema>>;
