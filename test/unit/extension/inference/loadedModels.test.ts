import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { LoadedModels } from "../../../../src/extension/inference/loadedModels";
import { temporaryFolder } from "../../../support/temporaryFolder";

describe("LoadedModels", () => {
	let folder: Awaited<ReturnType<typeof temporaryFolder>>;
	beforeEach(async () => {
		folder = await temporaryFolder();
	});
	afterEach(() => folder.remove());

	it("finds an entry among invalid files", async () => {
		const models = new LoadedModels(folder.path);
		const entry = {
			processId: process.pid,
			loadedAtMs: Date.now(),
			modelName: "Tiny",
			modelPath: "/m.gguf",
			memoryBytes: 1,
		};
		mkdirSync(path.join(folder.path, "1.json"));
		writeFileSync(path.join(folder.path, "2.json"), "{");
		writeFileSync(path.join(folder.path, "3.json"), JSON.stringify({ ...entry, processId: "x" }));
		if (process.platform !== "win32") {
			execFileSync("mkfifo", [path.join(folder.path, "4.json")]);
		}
		await models.add(entry);
		assert.deepEqual(await models.find("/m.gguf", undefined), entry);
	});
});
