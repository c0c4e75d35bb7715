import assert from "node:assert/strict";
import {
	describeAccess,
	describeNotice,
	describeUndoable,
} from "../../../src/wording/describeChat";

describe("describeNotice", () => {
	it("says what to do if messages cannot be saved", () => {
		for (const [code, remedy] of [
			["ENOSPC", /disk is full\. Free some space\./],
			["EDQUOT", /quota is used up\. Free some space\./],
			["EACCES", /not writable\. Grant your account write access\./],
			["EPERM", /not writable\. Grant your account write access\./],
			["EROFS", /read-only\. Make it writable\./],
			["EMFILE", /Close other programs\./],
			["EIO", /\(EIO\)\..*Copy what you need before you close the window\./],
		] as const) {
			const sentence = describeNotice({ kind: "notSaved", code });
			assert.match(sentence, /^Your last messages are not saved.*retried automatically\.$/);
			assert.match(sentence, remedy);
		}
	});

	it("counts the records that could not be read", () => {
		const damaged = (lostRecords: number) =>
			describeNotice({ kind: "damaged", lostRecords, keptAt: "/chats/x" });
		assert.match(damaged(1), / 1 entry could not be read/);
		assert.match(damaged(1200), / 1,200 entries could not be read/);
	});
});

describe("describeUndoable", () => {
	it("counts the deleted messages", () => {
		assert.equal(describeUndoable({ kind: "deleteTurns", count: 1 }), "1 message deleted");
		assert.equal(describeUndoable({ kind: "deleteTurns", count: 2 }), "2 messages deleted");
		assert.equal(describeUndoable({ kind: "clear" }), "Chat cleared. It is still in the history.");
	});
});

describe("describeAccess", () => {
	it("is empty if the chat can be written to, or will be soon", () => {
		assert.equal(describeAccess({ kind: "open" }), "");
		assert.equal(describeAccess({ kind: "loading" }), "");
	});
});
