import assert from "node:assert/strict";
import { unsentKeeper } from "../../../../src/extension/view/unsentKeeper";
import { maxUnsentLength } from "../../../../src/protocol/text/textLimit";
import { workspaceState } from "../../../support/chats/workspaceState";

describe("unsentKeeper", () => {
	it("keeps one text for each place of the chat", () => {
		const state = workspaceState();
		const here = { draft: "here", edits: [], revision: 1 };
		const there = { draft: "", edits: [{ editedId: "u1", text: "there" }], revision: 2 };
		unsentKeeper("sideBar", state).set(here);
		unsentKeeper("editor", state).set(there);
		assert.deepEqual(unsentKeeper("sideBar", state).get(), here);
		assert.deepEqual(unsentKeeper("editor", state).get(), there);
	});

	it("reads the draft of versions that kept no edits", () => {
		const state = workspaceState({ "draft.sideBar": { text: "half a thou", revision: 11 } });
		assert.deepEqual(unsentKeeper("sideBar", state).get(), {
			draft: "half a thou",
			edits: [],
			revision: 11,
		});
	});

	it("ignores a stored value of another shape", () => {
		for (const kept of [
			undefined,
			null,
			"text",
			{ text: "x" },
			{ text: 1, revision: 1 },
			{ text: "x", revision: -1 },
			{ text: "x".repeat(maxUnsentLength + 1), revision: 1 },
			{ draft: "x", revision: 1 },
			{ draft: "x", edits: [{ text: "y" }], revision: 1 },
			{ draft: "x", edits: [{ editedId: "../u1", text: "y" }], revision: 1 },
			{ draft: "x", edits: [{ editedId: "u1", text: "x".repeat(maxUnsentLength) }], revision: 1 },
		]) {
			const state = workspaceState({ "draft.sideBar": kept });
			assert.equal(unsentKeeper("sideBar", state).get(), undefined);
		}
	});
});
