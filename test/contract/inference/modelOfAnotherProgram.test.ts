import assert from "node:assert/strict";
import { copyFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "../../support/temporaryFolder";
import {
	createLocalLanguageModel,
	demoModel,
	inferenceModule,
} from "../../support/models/localModelFixture";
import { ask, never, options, Transcript } from "./describeLanguageModel";

describe("a model that Ollama keeps, in a file named after its contents", function () {
	this.timeout(30_000);
	let folder: Awaited<ReturnType<typeof temporaryFolder>>;
	let blob: string;

	before(async () => {
		folder = await temporaryFolder();
		blob = path.join(folder.path, `sha256-${"0123456789abcdef".repeat(4)}`);
		await copyFile(demoModel, blob);
	});
	after(() => folder.remove());

	it("answers, and is called as it was chosen, before it is loaded and after", async () => {
		const { languageModel } = createLocalLanguageModel(inferenceModule, {
			model: blob,
			name: "tiny:1m",
		});
		try {
			assert.equal(
				languageModel.status.kind === "unloaded" && languageModel.status.name,
				"tiny:1m",
			);
			assert.equal((await languageModel.prepare(never))?.name, "tiny:1m");
			assert.equal(
				languageModel.status.kind === "ready" && languageModel.status.info.name,
				"tiny:1m",
			);
			assert.equal(languageModel.loadedPath, blob);
			const heard = new Transcript();
			await languageModel.generate(ask("Who are you?"), options, heard, never);
			assert.equal(heard.text("reply"), "I am a tiny demo model.");
		} finally {
			await languageModel.unload();
		}
		assert.equal(languageModel.loadedPath, undefined);
	});
});
