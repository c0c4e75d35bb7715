import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { clearPromptCache } from "../../../../src/extension/inference/clearPromptCache";
import { RecordedLog } from "../../../support/recordedLog";
import { StateFolder } from "../../../support/models/stateFolder";

const talk = [1, 2, 3, 4];

describe("forgetting saved states", () => {
	const log = new RecordedLog();
	let folder: StateFolder;
	beforeEach(async () => {
		folder = await StateFolder.make();
		log.lines.length = 0;
	});
	afterEach(() => folder.remove());

	it("leaves none", async () => {
		const store = folder.store();
		await folder.save(store, talk);
		folder.put("half.1.pending", "");
		folder.put("half.state", "words");
		await clearPromptCache(folder.path, log);
		assert.deepEqual(folder.names(), ["forgotten"]);
		assert.equal(await folder.loaded(store, talk), undefined);
		assert.deepEqual(log.lines, []);
	});

	it("keeps a process from saving what it evaluated before, and not what it evaluates after", async () => {
		const store = folder.store();
		const before = await store.mark();
		await clearPromptCache(folder.path, log);
		assert.equal(await folder.save(store, talk, before), false);
		assert.deepEqual(folder.names(), ["forgotten"]);
		assert.equal(await folder.save(store, talk), true);
	});

	it("reaches a process that is about to save", async () => {
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

	it("is logged where it fails", async () => {
		writeFileSync(folder.path, "a file is in the way");
		await clearPromptCache(folder.path, log);
		assert.match(log.lines.join(), /^warn saved states could not be removed/);
		assert.ok(existsSync(folder.path));
	});
});
