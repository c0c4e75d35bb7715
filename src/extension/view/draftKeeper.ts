import * as v from "valibot";
import type { Memento } from "vscode";
import { keptDraftSchema, type KeptDraft } from "../../protocol/keptDraft";

/** Keeps what is typed in one view and not sent, over the end of its window. */
export interface DraftKeeper {
	/** `undefined`: nothing was kept yet. */
	get(): KeptDraft | undefined;
	set(draft: KeptDraft): void;
}

/** @returns what keeps the draft of a place of the chat with the workspace; what is not of its kind there counts as none. */
export function draftKeeper(place: "sideBar" | "editor", state: Memento): DraftKeeper {
	const key = `draft.${place}`;
	return {
		get: () => {
			const kept = v.safeParse(keptDraftSchema, state.get(key));
			return kept.success ? kept.output : undefined;
		},
		set: (draft) => void state.update(key, draft),
	};
}
