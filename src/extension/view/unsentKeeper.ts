import * as v from "valibot";
import type { Memento } from "vscode";
import { unsentTextSchema, type UnsentText } from "../../protocol/chat/unsentText";

/** Keeps the unsent text of one view across restarts of its window. */
export interface UnsentKeeper {
	/** Returns `undefined` if nothing has been kept yet. */
	get(): UnsentText | undefined;
	set(unsent: UnsentText): void;
}

/** The format of versions that kept only the draft, without edits. */
const draftAlone = v.pipe(
	v.object({ text: v.string(), revision: v.number() }),
	v.transform(({ text, revision }): v.InferInput<typeof unsentTextSchema> => {
		return { draft: text, edits: [], revision };
	}),
	unsentTextSchema,
);
const keptSchema = v.union([unsentTextSchema, draftAlone]);

/**
 * Returns a keeper that stores the unsent text of a place of the chat in `state`. A stored value of any other shape is
 * ignored.
 */
export function unsentKeeper(place: "sideBar" | "editor", state: Memento): UnsentKeeper {
	const key = `draft.${place}`;
	return {
		get: () => {
			const kept = v.safeParse(keptSchema, state.get(key));
			return kept.success ? kept.output : undefined;
		},
		set: (unsent) => void state.update(key, unsent),
	};
}
