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

describe("what a view keeps", () => {
	it("is read as it was written", () => {
		assert.deepEqual(parseViewState(JSON.parse(JSON.stringify(kept))), kept);
	});

	it("is dropped as a whole where it is no record", () => {
		for (const oddity of [undefined, null, 0, "draft", true, [], ["draft"]]) {
			assert.deepEqual(parseViewState(oddity), emptyViewState);
		}
	});

	it("counts its changes from nothing where their number is none", () => {
		for (const unsentRevision of ["14", -1, 0.5, Infinity, null]) {
			assert.equal(parseViewState({ ...kept, unsentRevision }).unsentRevision, 0);
		}
	});

	it("goes on counting where a version left off that counted the changes of the draft alone", () => {
		const older = { draft: kept.draft, draftRevision: 14, edits: kept.edits };
		assert.equal(parseViewState(older).unsentRevision, 14);
	});

	it("is dropped part by part where it is of another version", () => {
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
