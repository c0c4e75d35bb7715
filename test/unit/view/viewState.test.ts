import assert from "node:assert/strict";
import { emptyViewState, parseViewState, type ViewState } from "../../../src/webview/viewState";

const whole: ViewState = {
	draft: "Half a sentence",
	pending: { turnId: "u1", text: "Hello", taken: true },
	position: { turnId: "a1", offsetPx: 12.5 },
};

/** What is no string, no number, no flag and no record of the right fields. */
const oddities: readonly unknown[] = [undefined, null, [], {}, { turnId: 1, text: 1, taken: 1 }];

describe("What VS Code kept for a page", () => {
	it("is read as it was written", () => {
		assert.deepEqual(parseViewState(structuredClone(whole)), whole);
		assert.deepEqual(parseViewState(JSON.parse(JSON.stringify(whole))), whole);
	});

	it("is dropped as a whole where it is no record", () => {
		for (const kept of [undefined, null, 0, "draft", true, [], ["draft"]]) {
			assert.deepEqual(parseViewState(kept), emptyViewState);
		}
	});

	it("is dropped part by part where a part is of another kind", () => {
		for (const oddity of [...oddities, 7, true]) {
			assert.deepEqual(parseViewState({ ...whole, draft: oddity }), { ...whole, draft: "" });
		}
		for (const part of ["pending", "position"] as const) {
			for (const oddity of [...oddities, 7, "x", true]) {
				assert.deepEqual(parseViewState({ ...whole, [part]: oddity }), {
					...whole,
					[part]: undefined,
				});
			}
		}
	});

	it("is dropped where a field of a part is missing or of another kind", () => {
		for (const part of ["pending", "position"] as const) {
			for (const field of Object.keys(whole[part]!)) {
				for (const oddity of [...oddities, Symbol.iterator]) {
					const kept = { ...whole, [part]: { ...whole[part], [field]: oddity } };
					assert.equal(parseViewState(kept)[part], undefined, `${part}.${field}`);
				}
			}
		}
	});

	it("carries nothing on that a page did not write", () => {
		const more = JSON.parse(
			JSON.stringify({ ...whole, command: "x", pending: { ...whole.pending, url: "x" } }).replace(
				"{",
				'{"__proto__":{"polluted":true},',
			),
		) as unknown;
		assert.deepEqual(parseViewState(more), whole);
		assert.equal(({} as Record<string, unknown>).polluted, undefined);
	});

	it("is not taken from a prototype", () => {
		assert.deepEqual(parseViewState(Object.create(whole)), emptyViewState);
	});
});
