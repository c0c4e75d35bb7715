import * as v from "valibot";
import type { Memento } from "vscode";
import { unsentTextSchema, type UnsentText } from "../../protocol/chat/unsentText";

/** Keeps what is typed in one view and not sent, over the end of its window. */
export interface UnsentKeeper {
	/** `undefined`: nothing was kept yet. */
	get(): UnsentText | undefined;
	set(unsent: UnsentText): void;
}

/** As versions kept it that knew of no edits. */
const draftAlone = v.pipe(
	v.object({ text: v.string(), revision: v.number() }),
	v.transform(({ text, revision }): v.InferInput<typeof unsentTextSchema> => {
		return { draft: text, edits: [], revision };
	}),
	unsentTextSchema,
);
const keptSchema = v.union([unsentTextSchema, draftAlone]);

/** @returns what keeps the text of a place of the chat with the workspace; what is not of its kind there counts as none. */
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
