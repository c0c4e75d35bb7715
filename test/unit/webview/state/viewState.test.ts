import assert from "node:assert/strict";
import {
	emptyViewState,
	parseViewState,
	type ViewState,
} from "../../../../src/webview/state/viewState";

const kept: ViewState = {
	draft: "half a thought",
	unsentRevision: 14,
	pending: [{ chatId: "chat", turnId: "t", text: "Hello", taken: true }],
	edits: [{ editedId: "q", text: "Hello you", sentAs: undefined }],
	positions: [{ chatId: "chat", turnId: "t", offsetPx: 3 }],
};

describe("the state that a view keeps", () => {
	it("is restored unchanged", () => {
		assert.deepEqual(parseViewState(JSON.parse(JSON.stringify(kept))), kept);
	});

	it("is discarded as a whole if it is not a record", () => {
		for (const oddity of [undefined, null, 0, "draft", true, [], ["draft"]]) {
			assert.deepEqual(parseViewState(oddity), emptyViewState);
		}
	});

	it("counts its changes from zero if their number is invalid", () => {
		for (const unsentRevision of ["14", -1, 0.5, Infinity, null]) {
			assert.equal(parseViewState({ ...kept, unsentRevision }).unsentRevision, 0);
		}
	});

	it("continues the count of a version that counted only changes of the draft", () => {
		const older = { draft: kept.draft, draftRevision: 14, edits: kept.edits };
		assert.equal(parseViewState(older).unsentRevision, 14);
	});

	it("is discarded part by part if another version wrote it", () => {
		assert.deepEqual(parseViewState(undefined), emptyViewState);
		assert.deepEqual(
			parseViewState({
				draft: "half a thought",
				pending: { turnId: "t", text: "Hello", taken: true },
				edits: [{ editedId: 3 }, kept.edits[0], null],
				position: { turnId: "t", offsetPx: 3 },
			}),
			{ ...emptyViewState, draft: "half a thought", edits: kept.edits },
		);
	});
});
