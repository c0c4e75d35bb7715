import assert from "node:assert/strict";
import { RecentModels } from "../../../../src/extension/modelPicker/recentModels";

/** Returns a memento that contains `stored`. */
function mementoWith(stored?: unknown): ConstructorParameters<typeof RecentModels>[0] {
	let value = stored;
	return {
		keys: () => [],
		get: () => value,
		update: (_key: string, next: unknown) => {
			value = next;
			return Promise.resolve();
		},
	} as ConstructorParameters<typeof RecentModels>[0];
}

describe("recently used models", () => {
	it("are the latest five, without duplicates, the latest first", async () => {
		const recent = new RecentModels(mementoWith());
		for (const model of ["/a", "/b", "/c", "/d", "/e", "/f", "/d"]) {
			await recent.add(model, undefined);
		}
		assert.deepEqual(recent.list(), ["/d", "/f", "/e", "/c", "/b"]);
	});

	it("keep the names under which they were chosen", async () => {
		const recent = new RecentModels(mementoWith());
		await recent.add("/blobs/sha256-01", "llama3.2:3b");
		await recent.add("/b", undefined);
		assert.equal(recent.nameOf(" /blobs/sha256-01 "), "llama3.2:3b");
		assert.equal(recent.nameOf("/b"), undefined);
		assert.equal(recent.nameOf("/never"), undefined);
	});

	it("are an empty list if the stored value is invalid", () => {
		for (const stored of [undefined, "text", [1], ["/a"], { model: "/a" }]) {
			assert.deepEqual(new RecentModels(mementoWith(stored)).list(), [], JSON.stringify(stored));
		}
	});
});
