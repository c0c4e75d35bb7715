import assert from "node:assert/strict";
import { describeImport } from "../../../../src/extension/exchange/describeImport";
import { ImportResult } from "../../../../src/extension/exchange/importResult";

describe("The outcome of an import", () => {
	it("says what was imported and what to do, if the import process ended", () => {
		const result = new ImportResult();
		result.added = 2;
		result.problems.push({ name: "a.json", problem: { kind: "stopped", reason: "ended" } });
		assert.equal(
			describeImport(result, "new"),
			"Imported 2 chats. a.json could not be read to its end, because the import process stopped. Everything before was imported. Import it again; if it stops again, report the problem.",
		);
	});
});
