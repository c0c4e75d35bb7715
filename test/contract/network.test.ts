import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "../support/badModels";
import {
	createLocalBackend,
	demoModel,
	inferenceModule,
	type LocalBackendFixture,
} from "../support/localBackendFixture";
import { serveModel, type ModelServer } from "../support/modelServer";
import { ask, never, options, Transcript } from "./describeBackend";

const reporter = path.join(process.cwd(), "out/test/support/reportConnections.entry.cjs");

describe("an answer of the real engine opens no connection", function () {
	this.timeout(30_000);
	const { NODE_OPTIONS, MODEL_ENDPOINT } = process.env;
	let folder: Awaited<ReturnType<typeof temporaryFolder>>;
	let server: ModelServer;
	let fixture: LocalBackendFixture;

	beforeEach(async () => {
		folder = await temporaryFolder();
		server = await serveModel(await readFile(demoModel));
		// The inference process inherits both.
		process.env.NODE_OPTIONS = `--require ${JSON.stringify(reporter)}`;
		process.env.MODEL_ENDPOINT = server.origin;
	});
	afterEach(async () => {
		restore("NODE_OPTIONS", NODE_OPTIONS);
		restore("MODEL_ENDPOINT", MODEL_ENDPOINT);
		await fixture.backend.unload();
		await server.close();
		await folder.remove();
	});

	function create(model: string): void {
		fixture = createLocalBackend(
			inferenceModule,
			{ model },
			{ modelsDirectory: folder.path, confirmDownload: () => Promise.resolve(true) },
		);
	}

	function connections(): number {
		return fixture.log.lines.filter((line) => line.endsWith("a connection is opened")).length;
	}

	async function assertAnswers(): Promise<void> {
		const { backend } = fixture;
		assert.ok(await backend.prepare(never));
		const messages = ask("Who are you?");
		assert.ok(await backend.fit(messages, options, never));
		const heard = new Transcript();
		await backend.generate(messages, options, heard, never);
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
			assert.ok(await fixture.backend.prepare(never));
			assert.ok(connections() > 0, "the download is seen");
			await fixture.backend.unload();
			const { length } = server.requests;
			create(model);
			await assertAnswers();
			assert.equal(connections(), 0);
			assert.equal(server.requests.length, length);
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
