import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "../../support/temporaryFolder";
import {
	createLocalLanguageModel,
	createModelFetcher,
	demoModel,
	inferenceModule,
	networkTo,
	type LocalModelFixture,
} from "../../support/models/localModelFixture";
import { ModelHub } from "../../support/network/modelHub";
import { RecordedLog } from "../../support/recordedLog";
import { ask, never, options, Transcript, trimmed } from "./describeLanguageModel";

const reporter = path.join(process.cwd(), "out/test/support/network/reportConnections.entry.cjs");

describe("an answer of the real engine opens no connection", function () {
	this.timeout(30_000);
	const { NODE_OPTIONS } = process.env;
	let folder: Awaited<ReturnType<typeof temporaryFolder>>;
	let hub: ModelHub;
	let fixture: LocalModelFixture;
	let lines: readonly string[];

	beforeEach(async () => {
		folder = await temporaryFolder();
		hub = await ModelHub.open();
		hub.add("someone/Tiny-Chat-GGUF", {
			"tiny-chat.Q8_0.gguf": { content: await readFile(demoModel) },
		});
		// Our processes inherit it.
		process.env.NODE_OPTIONS = `--require ${JSON.stringify(reporter)}`;
	});
	afterEach(async () => {
		restore("NODE_OPTIONS", NODE_OPTIONS);
		await fixture.languageModel.unload();
		await hub.close();
		await folder.remove();
	});

	function create(model: string): void {
		const log = new RecordedLog();
		const fetcher = createModelFetcher({
			modelsDirectory: folder.path,
			network: () => networkTo(hub.origin),
			log,
		});
		fixture = createLocalLanguageModel(
			inferenceModule,
			{ model },
			{ obtainModel: (uri, hooks, signal) => fetcher.obtain(uri, hooks, signal), log },
		);
		lines = log.lines;
	}

	function connections(): number {
		return lines.filter((line) => line.endsWith("a connection is opened")).length;
	}

	async function assertAnswers(): Promise<void> {
		const { languageModel } = fixture;
		assert.ok(await languageModel.prepare(never));
		const messages = ask("Who are you?");
		assert.ok(await trimmed(languageModel, messages, options, never));
		const heard = new Transcript();
		await languageModel.generate(messages, options, heard, never);
		assert.equal(heard.text("reply"), "I am a tiny demo model.");
	}

	it("with a model named by its path", async () => {
		create(demoModel);
		await assertAnswers();
		assert.equal(connections(), 0);
	});

	for (const model of [
		"hf:someone/Tiny-Chat-GGUF:Q8_0",
		"hf:someone/Tiny-Chat-GGUF",
		"hf:someone/Tiny-Chat-GGUF/tiny-chat.Q8_0.gguf",
	]) {
		it(`with ${model}, once it was downloaded`, async () => {
			create(model);
			assert.ok(await fixture.languageModel.prepare(never));
			assert.ok(connections() > 0, "the download is seen");
			await fixture.languageModel.unload();
			const { length } = hub.requests;
			create(model);
			await assertAnswers();
			assert.equal(connections(), 0);
			assert.equal(hub.requests.length, length);
		});
	}
});

function restore(name: string, value: string | undefined): void {
	if (value === undefined) {
		Reflect.deleteProperty(process.env, name);
	} else {
		process.env[name] = value;
	}
}
