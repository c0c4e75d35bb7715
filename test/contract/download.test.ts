import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { DownloadQuestion } from "../../src/extension/inference/obtainModel";
import type { InferenceFailure } from "../../src/protocol/failure";
import { temporaryFolder } from "../support/badModels";
import {
	createLocalBackend,
	demoModel,
	inferenceModule,
	type LocalBackendFixture,
} from "../support/localBackendFixture";
import { serveModel, type ModelServer } from "../support/modelServer";
import { failureOf, never } from "./describeBackend";

describe("downloading a model with the real engine", function () {
	this.timeout(60_000);
	let folder: Awaited<ReturnType<typeof temporaryFolder>>;
	let server: ModelServer;
	let fixture: LocalBackendFixture;
	let questions: DownloadQuestion[];
	/** The demo model with so much behind it that parts of it are worth keeping. */
	let content: Buffer;

	before(async () => {
		content = Buffer.concat([await readFile(demoModel), Buffer.alloc(30_000_000, 7)]);
	});
	beforeEach(async () => {
		folder = await temporaryFolder();
		server = await serveModel(content);
		questions = [];
		fixture = createLocalBackend(
			inferenceModule,
			{ model: `${server.origin}/models/tiny.gguf?download=true` },
			{
				modelsDirectory: `${folder.path}/models`,
				confirmDownload: (question) => {
					questions.push(question);
					return Promise.resolve(true);
				},
			},
		);
	});
	afterEach(async () => {
		await fixture.backend.unload();
		await server.close();
		await folder.remove();
	});

	function failureFor(model: string): Promise<InferenceFailure> {
		fixture.settings = { ...fixture.settings, model };
		return failureOf(fixture.backend.prepare(never));
	}

	it("does not follow a server to an address without encryption", async function () {
		if (process.platform === "win32") {
			// Where the address that stands for another machine's is not this one's.
			this.skip();
		}
		const failure = await failureFor(`${server.origin}/plain/tiny.gguf`);
		assert.equal(failure.kind, "downloadFailed");
		assert.equal(failure.cause, "other");
		assert.match(failure.detail, /0\.0\.0\.0/);
		assert.deepEqual(questions, []);
	});

	it("asks with size and host, shows the progress, and answers from the file", async () => {
		const received: number[] = [];
		const subscription = fixture.backend.onDidChangeStatus((status) => {
			if (status.kind === "downloading") {
				assert.equal(status.totalBytes, content.length);
				received.push(status.receivedBytes);
			}
		});
		const info = await fixture.backend.prepare(never);
		subscription.dispose();
		assert.deepEqual(questions, [
			{
				fileName: `${new URL(server.origin).host.replace(":", "_")}_models_tiny.gguf`,
				totalBytes: content.length,
				host: new URL(server.origin).host,
			},
		]);
		assert.equal(info?.fileBytes, content.length);
		assert.ok(received.length > 1);
		assert.deepEqual(
			received,
			[...received].sort((a, b) => a - b),
		);
		assert.ok(server.requests.every(({ authorization }) => authorization === ""));
	});

	it("needs neither question nor network for a model that it has fetched", async () => {
		await fixture.backend.prepare(never);
		await fixture.backend.unload();
		const count = server.requests.length;
		assert.ok(await fixture.backend.prepare(never));
		assert.equal(questions.length, 1);
		assert.equal(server.requests.length, count);
	});

	it("keeps the part when it is cancelled, and goes on from there", async () => {
		server.bytesPerTick = 200_000;
		const stop = new AbortController();
		const subscription = fixture.backend.onDidChangeStatus((status) => {
			if (status.kind === "downloading" && status.receivedBytes > 16_000_000) {
				stop.abort();
			}
		});
		assert.equal(await fixture.backend.prepare(stop.signal), undefined);
		assert.equal(fixture.backend.status.kind, "unloaded");
		assert.equal(readdirSync(`${folder.path}/models`).length, 1);
		const before = server.requests.length;
		server.bytesPerTick = Infinity;
		const info = await fixture.backend.prepare(never);
		subscription.dispose();
		assert.equal(info?.fileBytes, content.length);
		assert.deepEqual(Buffer.compare(await readFile(info.path), content), 0);
		const again = bytesOf(server.requests.slice(before).map(({ range }) => range));
		assert.ok(again < content.length - 5_000_000, `${again} bytes were fetched again`);
	});

	it("says that a server has no such model", async () => {
		const failure = await failureFor(`${server.origin}/404/tiny.gguf`);
		assert.equal(failure.kind, "downloadFailed");
		assert.equal(failure.cause, "notFound");
		assert.equal(failure.host, new URL(server.origin).host);
		assert.match(failure.detail, /404/);
	});

	it("says that a server wants an account", async () => {
		const failure = await failureFor(`${server.origin}/401/tiny.gguf`);
		assert.equal(failure.kind === "downloadFailed" && failure.cause, "forbidden");
	});

	it("fetches nothing whose size a server does not tell, since it could not be had whole", async () => {
		const failure = await failureFor(`${server.origin}/unsized/tiny.gguf`);
		assert.equal(failure.kind === "downloadFailed" && failure.cause, "sizeUnknown");
		assert.deepEqual(questions, []);
		assert.deepEqual(readdirSync(`${folder.path}/models`), []);
	});

	it("says that a server is at fault", async () => {
		const failure = await failureFor(`${server.origin}/500/tiny.gguf`);
		assert.equal(failure.kind === "downloadFailed" && failure.cause, "other");
	});

	it("says that a server cannot be reached", async () => {
		const { origin } = server;
		await server.close();
		const failure = await failureFor(`${origin}/tiny.gguf`);
		assert.equal(failure.kind === "downloadFailed" && failure.cause, "unreachable");
		server = await serveModel(content);
	});

	it("takes plain http from this machine only", async () => {
		const value = "http://models.example/tiny.gguf";
		assert.deepEqual(await failureFor(value), { kind: "modelSettingInvalid", value });
	});
});

/** @returns how many bytes the ranges have, each counted once: the downloader gives some up when another reaches them. */
function bytesOf(ranges: readonly string[]): number {
	const parts = ranges
		.map((range) => /^bytes=(\d+)-(\d+)$/.exec(range))
		.filter((match) => match !== null)
		.map(([, first, last]) => ({ start: Number(first), end: Number(last) + 1 }))
		.sort((a, b) => a.start - b.start);
	let bytes = 0;
	let reached = 0;
	for (const { start, end } of parts) {
		bytes += Math.max(0, end - Math.max(start, reached));
		reached = Math.max(reached, end);
	}
	return bytes;
}
