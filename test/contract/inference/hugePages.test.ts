import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createLocalLanguageModel, inferenceModule } from "../../support/models/localModelFixture";
import { skipBecause } from "../../support/skipBecause";
import { never } from "./describeLanguageModel";

const switchFile = "/sys/kernel/mm/transparent_hugepage/enabled";

describe("the memory of a model", function () {
	this.timeout(60_000);

	it("is of huge pages, where Linux gives them to who asks", async function () {
		if (!existsSync(switchFile) || (await readFile(switchFile, "utf8")).includes("[never]")) {
			skipBecause(this, "this system has no huge pages");
		}
		if (!hasTunable()) {
			skipBecause(this, "this system's C library cannot ask for huge pages");
		}
		const { languageModel } = createLocalLanguageModel(inferenceModule);
		await languageModel.prepare(never);
		const memory = await readFile(`/proc/${String(languageModel.processId)}/smaps_rollup`, "utf8");
		await languageModel.unload();
		const kilobytes = Number(/^AnonHugePages:\s+(\d+) kB$/m.exec(memory)?.[1]);
		assert.ok(kilobytes > 0, memory);
	});
});

/** @returns whether this is glibc from 2.35 on. */
function hasTunable(): boolean {
	const { header } = process.report.getReport() as {
		readonly header: { readonly glibcVersionRuntime?: string };
	};
	const [major = 0, minor = 0] = (header.glibcVersionRuntime ?? "").split(".").map(Number);
	return major > 2 || (major === 2 && minor >= 35);
}
