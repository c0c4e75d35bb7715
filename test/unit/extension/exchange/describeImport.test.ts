import assert from "node:assert/strict";
import { describeImport } from "../../../../src/extension/exchange/describeImport";
import { ImportResult } from "../../../../src/extension/exchange/importResult";

describe("what is said of an import", () => {
	it("tells what was kept and what helps where the process that reads ended", () => {
		const result = new ImportResult();
		result.added = 2;
		result.problems.push({ name: "a.json", problem: { kind: "stopped", reason: "ended" } });
		assert.equal(
			describeImport(result, "new"),
			"Imported 2 conversations. a.json could not be read to its end: the process that reads it stopped. What was read before was imported. Import it again; if it stops again, report the problem.",
		);
	});
});
