import assert from "node:assert/strict";
import type { Memento } from "vscode";
import { draftKeeper } from "../../../src/extension/view/draftKeeper";
import { maxKeptDraftLength } from "../../../src/protocol/textLimit";

/** What VS Code keeps for a workspace. */
function workspaceState(kept: Readonly<Record<string, unknown>> = {}): Memento {
	const values = new Map(Object.entries(kept));
	return {
		keys: () => [...values.keys()],
		get: <T>(key: string, otherwise?: T) => (values.get(key) as T | undefined) ?? otherwise,
		update: (key, value: unknown) => {
			values.set(key, value);
			return Promise.resolve();
		},
	};
}

describe("The draft that the host keeps", () => {
	it("is one for each place of the chat", () => {
		const state = workspaceState();
		draftKeeper("sideBar", state).set({ text: "here", revision: 1 });
		draftKeeper("editor", state).set({ text: "there", revision: 2 });
		assert.deepEqual(draftKeeper("sideBar", state).get(), { text: "here", revision: 1 });
		assert.deepEqual(draftKeeper("editor", state).get(), { text: "there", revision: 2 });
	});

	it("counts as none where what is kept is of another kind", () => {
		for (const kept of [
			undefined,
			null,
			"text",
			{ text: "x" },
			{ text: 1, revision: 1 },
			{ text: "x", revision: -1 },
			{ text: "x".repeat(maxKeptDraftLength + 1), revision: 1 },
		]) {
			const state = workspaceState({ "draft.sideBar": kept });
			assert.equal(draftKeeper("sideBar", state).get(), undefined);
		}
	});
});
