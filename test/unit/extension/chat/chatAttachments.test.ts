import assert from "node:assert/strict";
import { lineSpan } from "../../../../src/extension/conversation/attachedCode";
import type { AttachedCode } from "../../../../src/extension/conversation/attachedCode";
import { maxAttachments } from "../../../../src/extension/chat/chatAttachments";
import { attachedCode, SessionHarness } from "../../../support/chats/sessionHarness";

describe("ChatAttachments", () => {
	let chat: SessionHarness;
	beforeEach(async () => {
		chat = await SessionHarness.start();
	});
	const ids = (): string[] => chat.store.state.attachments.map(({ id }) => id);

	it("shows code as chips, in the order of attaching", () => {
		chat.attachments.add([attachedCode("a1", "one", 0, 0), attachedCode("a2", "two", 1, 1)]);
		chat.attachments.add([attachedCode("a3", "three", 2, 2)]);
		assert.deepEqual(ids(), ["a1", "a2", "a3"]);
	});

	it("adds the same code once", () => {
		chat.attachments.add([attachedCode("a1", "one")]);
		chat.attachments.add([attachedCode("a2", "one")]);
		assert.deepEqual(ids(), ["a1"]);
	});

	it("adds code again after it was edited", () => {
		chat.attachments.add([attachedCode("a1", "one")]);
		chat.attachments.add([attachedCode("a2", "other")]);
		assert.deepEqual(ids(), ["a1", "a2"]);
	});

	describe("with overlapping code", () => {
		const whole = (id: string, code: string): AttachedCode => {
			const attached = attachedCode(id, code, 0, 9);
			return { ...attached, chip: { ...attached.chip, scope: "file" } };
		};
		const outer = attachedCode("outer", "one two three", 0, 9);
		const part = attachedCode("part", "two", 3, 4);
		const both = (first: AttachedCode, second: AttachedCode): readonly string[] => {
			chat.attachments.add([first]);
			chat.attachments.add([second]);
			return ids();
		};

		it("replaces a file with its part", () => {
			assert.deepEqual(both(whole("file", "one two three"), part), ["part"]);
		});

		it("replaces parts with their file", () => {
			chat.attachments.add([attachedCode("a1", "one", 0, 0)]);
			assert.deepEqual(both(part, whole("file", "one two three")), ["file"]);
		});

		it("replaces a file with its edited version", () => {
			assert.deepEqual(both(whole("file", "one"), whole("edited", "two")), ["edited"]);
		});

		it("replaces a file with a part that was edited since", () => {
			assert.deepEqual(both(whole("file", "one"), part), ["part"]);
		});

		it("replaces a selection with one inside it, and the reverse", () => {
			assert.deepEqual(both(outer, part), ["part"]);
			chat.attachments.remove("part");
			assert.deepEqual(both(part, outer), ["outer"]);
		});

		it("keeps code that only overlaps, or is in another file", () => {
			const overlapping = attachedCode("overlapping", "three four", 5, 12);
			assert.deepEqual(both(outer, overlapping), ["outer", "overlapping"]);
			chat.attachments.take();
			const elsewhere = { ...part, uri: "file:///project/src/other.ts" };
			assert.deepEqual(both(whole("file", "two"), elsewhere), ["file", "part"]);
		});

		it("has room for a part if its file took the last place", () => {
			const others = Array.from({ length: maxAttachments - 1 }, (_, line) => ({
				...attachedCode(`a${line}`, "x", line, line),
				uri: "file:///project/src/other.ts",
			}));
			chat.attachments.add([whole("file", "one two three"), ...others]);
			assert.equal(chat.attachments.add([part]), true);
			assert.equal(ids().length, maxAttachments);
		});
	});

	it("removes code, and ignores a second click", () => {
		chat.attachments.add([attachedCode("a1", "one")]);
		chat.attachments.remove("a1");
		chat.attachments.remove("a1");
		assert.deepEqual(ids(), []);
		assert.equal(chat.attachments.get("a1"), undefined);
	});

	it("leaves the composer with its message", async () => {
		chat.attachments.add([attachedCode("a1", "one")]);
		await chat.exchange("u1", "Explain", "It is one.");
		assert.deepEqual(ids(), []);
		assert.equal(chat.attachments.get("a1"), undefined);
		assert.equal(chat.shown.codeOf("a1")?.code, "one");
	});

	it("puts code back before code that was attached since", () => {
		chat.attachments.add([attachedCode("a1", "one")]);
		const taken = chat.attachments.take();
		chat.attachments.add([attachedCode("a2", "two", 5, 5)]);
		chat.attachments.putBack(taken);
		assert.deepEqual(ids(), ["a1", "a2"]);
	});

	it("reports when a message has no room for more code", () => {
		const codes = Array.from({ length: maxAttachments + 1 }, (_, line) =>
			attachedCode(`a${line}`, "x", line, line),
		);
		assert.equal(chat.attachments.add(codes.slice(0, -1)), true);
		assert.equal(chat.attachments.add(codes.slice(-1)), false);
		assert.equal(ids().length, maxAttachments);
	});
});

describe("lineSpan", () => {
	const range = { startLine: 2, startCharacter: 0, endLine: 5, endCharacter: 0 };

	it("leaves out a line if the selection ends at its start", () => {
		assert.deepEqual(lineSpan(range), { first: 3, last: 5 });
	});

	it("includes a line if one of its characters is selected", () => {
		assert.deepEqual(lineSpan({ ...range, endCharacter: 1 }), { first: 3, last: 6 });
	});

	it("is one line for an empty range", () => {
		assert.deepEqual(lineSpan({ ...range, endLine: 2 }), { first: 3, last: 3 });
	});
});
