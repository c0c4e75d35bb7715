import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { weightTypeNames, writeRandomModel } from "../../../scripts/lib/randomModel.mjs";
import { temporaryFolder } from "../../support/temporaryFolder";
import { createLocalLanguageModel, inferenceModule } from "../../support/models/localModelFixture";
import { ask, never, options, Transcript } from "./describeLanguageModel";

const shape = {
	name: "Small",
	layers: 2,
	width: 128,
	innerWidth: 256,
	heads: 4,
	keyHeads: 2,
	vocabulary: 2000,
	contextTokens: 1024,
};

describe("a model with random weights", function () {
	this.timeout(30_000);
	let folder: Awaited<ReturnType<typeof temporaryFolder>>;

	before(async () => {
		folder = await temporaryFolder();
	});
	after(() => folder.remove());

	for (const weights of weightTypeNames) {
		it(`has the shape that is asked for, loads and writes (${weights})`, async () => {
			const file = path.join(folder.path, `${weights}.gguf`);
			await writeRandomModel(file, shape, weights, 7);
			const { languageModel } = createLocalLanguageModel(inferenceModule, {
				model: file,
				contextTokens: 0,
			});
			const info = await languageModel.prepare(never);
			assert.equal(info?.contextTokens, shape.contextTokens);
			assert.equal(info.architecture, "llama");
			const heard = new Transcript();
			const few = { ...options, maxTokens: 20 };
			const { stats } = await languageModel.generate(ask("Hello"), few, heard, never);
			assert.ok((stats?.answerTokens ?? 0) > 0);
			await languageModel.unload();
		});
	}

	it("is the same for the same seed, and another for another", async () => {
		const written = async (seed: number): Promise<Buffer> => {
			const file = path.join(folder.path, `${seed}.gguf`);
			await writeRandomModel(file, { ...shape, name: "Same" }, "Q4_0", seed);
			return readFile(file);
		};
		const first = await written(1);
		assert.ok(first.equals(await written(1)));
		assert.ok(!first.subarray(-1000).equals((await written(2)).subarray(-1000)));
	});
});
