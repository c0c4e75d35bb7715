import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { clearPromptCache } from "../../../../src/extension/inference/clearPromptCache";
import { RecordedLog } from "../../../support/recordedLog";
import { StateFolder } from "../../../support/models/stateFolder";

const talk = [1, 2, 3, 4];

describe("clearing the prompt cache", () => {
	const log = new RecordedLog();
	let folder: StateFolder;
	beforeEach(async () => {
		folder = await StateFolder.make();
		log.lines.length = 0;
	});
	afterEach(() => folder.remove());

	it("leaves no cached prompts", async () => {
		const store = folder.store();
		await folder.save(store, talk);
		folder.put("half.1.pending", "");
		folder.put("half.state", "words");
		await clearPromptCache(folder.path, log);
		assert.deepEqual(folder.names(), ["forgotten"]);
		assert.equal(await folder.loaded(store, talk), undefined);
		assert.deepEqual(log.lines, []);
	});

	it("stops a process from saving a prompt evaluated before, but not one evaluated after", async () => {
		const store = folder.store();
		const before = await store.mark();
		await clearPromptCache(folder.path, log);
		assert.equal(await folder.save(store, talk, before), false);
		assert.deepEqual(folder.names(), ["forgotten"]);
		assert.equal(await folder.save(store, talk), true);
	});

	it("stops a process that is about to save", async () => {
		const store = folder.store();
		const saved = await store.save({
			tokens: talk,
			msPerToken: 1,
			expectedBytes: 5,
			mark: await store.mark(),
			write: async (file) => {
				await clearPromptCache(folder.path, log);
				await writeFile(file, "words");
				return 5;
			},
		});
		assert.equal(saved, false);
		assert.deepEqual(folder.names(), ["forgotten"]);
	});

	it("logs a failure", async () => {
		writeFileSync(folder.path, "a file is in the way");
		await clearPromptCache(folder.path, log);
		assert.match(log.lines.join(), /^warn the prompt cache could not be cleared/);
		assert.ok(existsSync(folder.path));
	});
});
