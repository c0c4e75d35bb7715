import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { DownloadQuestion, TokenQuestion } from "../../../src/extension/download/modelFetcher";
import type { FetchProgress } from "../../../src/protocol/download/fetchProgress";
import { temporaryFolder } from "../../support/temporaryFolder";
import {
	createLocalLanguageModel,
	createModelFetcher,
	demoModel,
	inferenceModule,
	networkTo,
	type LocalModelFixture,
} from "../../support/models/localModelFixture";
import { ofArchitecture, putGguf } from "../../support/models/ggufFiles";
import { ModelHub } from "../../support/network/modelHub";
import { RecordedLog } from "../../support/recordedLog";
import { until } from "../../support/until";
import { failureOf, never } from "../inference/describeLanguageModel";

const repository = "someone/Tiny-Chat-GGUF";
const downloadingHost = path.join(
	process.cwd(),
	"out/test/support/network/downloadingHost.entry.cjs",
);
const hooks = {
	ready: Promise.resolve(),
	estimateFit: () => Promise.resolve({ kind: "cpu", memoryBytes: 1 } as const),
	onProgress: () => undefined,
};

describe("a model to download", function () {
	this.timeout(60_000);
	let folder: Awaited<ReturnType<typeof temporaryFolder>>;
	let hub: ModelHub;
	let fixture: LocalModelFixture;
	let log: RecordedLog;
	let questions: DownloadQuestion[];
	let tokenQuestions: TokenQuestion[];
	let tokens: Map<string, string>;
	let answer: (question: DownloadQuestion) => Promise<boolean>;

	beforeEach(async () => {
		folder = await temporaryFolder();
		hub = await ModelHub.open();
		hub.add(repository, { "tiny-chat.Q8_0.gguf": { content: await readFile(demoModel) } });
		questions = [];
		tokenQuestions = [];
		tokens = new Map();
		answer = () => Promise.resolve(true);
		log = new RecordedLog();
		const fetcher = createModelFetcher({
			modelsDirectory: `${folder.path}/models`,
			network: () => networkTo(hub.origin),
			confirmDownload: (question) => {
				questions.push(question);
				return answer(question);
			},
			tokens: {
				get: (host) => Promise.resolve(tokens.get(host)),
				ask: (question) => {
					tokenQuestions.push(question);
					const next = ["wrong", "right"][tokenQuestions.length - 1];
					tokens.set(question.host, next ?? "");
					return Promise.resolve(next !== undefined);
				},
			},
			log,
		});
		fixture = createLocalLanguageModel(
			inferenceModule,
			{ model: `hf:${repository}` },
			{ obtainModel: (uri, hooks, signal) => fetcher.obtain(uri, hooks, signal), log },
		);
	});
	afterEach(async () => {
		await fixture.languageModel.unload();
		await hub.close();
		await folder.remove();
	});

	function partBytes(): number {
		const part = `${folder.path}/models/huggingface.co/${repository}/tiny-chat.Q8_0.gguf.part`;
		return statSync(part, { throwIfNoEntry: false })?.size ?? 0;
	}

	it("is confirmed once, with all details, and then shows its progress", async () => {
		const seen: FetchProgress[] = [];
		const subscription = fixture.languageModel.onDidChangeStatus((status) => {
			if (status.kind === "downloading") {
				seen.push(status.progress);
			}
		});
		const info = await fixture.languageModel.prepare(never);
		subscription.dispose();
		const content = await readFile(demoModel);
		assert.ok(content.equals(await readFile(info!.path)));
		const [{ freeBytes, fit, ...question }] = questions as [DownloadQuestion];
		assert.equal(questions.length, 1);
		assert.deepEqual(question, {
			kind: "remote",
			fileName: "tiny-chat.Q8_0.gguf",
			totalBytes: content.length,
			receivedBytes: 0,
			host: hub.host,
			directory: `${folder.path}/models`,
			license: "llama3.2",
		});
		assert.ok(freeBytes! > 2 ** 30);
		// From the header alone: weights of 2.3 MB and the context.
		assert.equal(fit?.kind, "cpu");
		assert.ok(fit.memoryBytes > 2e6 && fit.memoryBytes < 2e8, String(fit.memoryBytes));
		assert.equal(seen[0]?.receivedBytes, 0);
		assert.equal(seen.at(-1)?.receivedBytes, content.length);

		await fixture.languageModel.unload();
		const { length } = hub.requests;
		assert.ok(await fixture.languageModel.prepare(never), "it is here now");
		assert.equal(questions.length, 1);
		assert.equal(hub.requests.length, length);
	});

	it("is not downloaded if the user declines", async () => {
		answer = () => Promise.resolve(false);
		assert.equal(await fixture.languageModel.prepare(never), undefined);
		assert.equal(fixture.languageModel.status.kind, "unloaded");
	});

	it("is neither offered nor downloaded if its header says that it cannot chat", async () => {
		const file = await putGguf(`${folder.path}/search.gguf`, { values: ofArchitecture("bert") });
		hub.add(repository, { "anything-Q8_0.gguf": { content: await readFile(file) } });
		assert.deepEqual(await failureOf(fixture.languageModel.prepare(never)), {
			kind: "notChatModel",
			path: "anything-Q8_0.gguf",
			modelKind: "embedding",
		});
		assert.deepEqual(questions, []);
	});

	it("is the one of its quantization, not the draft model beside it", async () => {
		const content = await readFile(demoModel);
		hub.add(repository, {
			"mtp-tiny-chat-Q8_0.gguf": { content: content.subarray(0, 100_000) },
			"mmproj-F16.gguf": { content: content.subarray(0, 100_000) },
			"tiny-chat-Q8_0.gguf": { content },
		});
		fixture.settings = { ...fixture.settings, model: `hf:${repository}:Q8_0` };
		assert.match(
			(await fixture.languageModel.prepare(never))?.path ?? "",
			/\/tiny-chat-Q8_0\.gguf$/,
		);
	});

	it("is not offered if no model can run", async () => {
		fixture.settings = {
			...fixture.settings,
			gpu: process.platform === "darwin" ? "cuda" : "metal",
		};
		const failure = await failureOf(fixture.languageModel.prepare(never));
		assert.equal(failure.kind, "gpuUnavailable");
		assert.deepEqual(questions, []);
	});

	it("does not wait for an answer to the question once it is stopped", async () => {
		const stop = new AbortController();
		answer = () => {
			stop.abort();
			return new Promise(() => undefined);
		};
		assert.equal(await fixture.languageModel.prepare(stop.signal), undefined);
	});

	it("that is gated is downloaded with the user's token, which is requested until it is valid", async () => {
		hub.token = "right";
		assert.ok(await fixture.languageModel.prepare(never));
		const page = `${hub.origin}/${repository}`;
		assert.deepEqual(tokenQuestions, [
			{ host: hub.host, page, isRefused: false },
			{ host: hub.host, page, isRefused: true },
		]);
		assert.equal(questions.length, 1);
		assert.ok(
			log.lines.every((line) => !line.includes("right") && !line.includes("signature")),
			"neither the token nor a signed address is logged",
		);
	});

	it("that is gated fails with a sentence when no token is given", async () => {
		hub.token = "another";
		const failure = await failureOf(fixture.languageModel.prepare(never));
		assert.equal(failure.kind === "downloadFailed" && failure.cause.kind, "tokenRefused");
		assert.equal(tokenQuestions.length, 3);
	});

	it("reads no token from the environment", async () => {
		process.env.HF_TOKEN = "hf_secret";
		try {
			await fixture.languageModel.prepare(never);
		} finally {
			delete process.env.HF_TOKEN;
		}
		assert.ok(hub.requests.length > 0);
		assert.ok(hub.requests.every(({ authorization }) => authorization === ""));
	});

	it("asked for by two windows at once comes once", async () => {
		hub.bytesPerTick = 40_000;
		const obtain = (): Promise<string | undefined> =>
			createModelFetcher({
				modelsDirectory: `${folder.path}/models`,
				network: () => networkTo(hub.origin),
			}).obtain(`hf:${repository}`, hooks, never);
		const [first, second] = await Promise.all([obtain(), obtain()]);
		const content = await readFile(demoModel);
		assert.equal(first, second);
		assert.ok(content.equals(await readFile(first!)));
		const headers = hub.requests.filter(({ range }) => range.startsWith("bytes=0-"));
		const fetched = hub.sentBytes - headers.reduce((sum, { sentBytes }) => sum + sentBytes, 0);
		assert.ok(fetched <= content.length * 1.05, `${fetched} bytes were sent`);
	});

	it("resumes after the download process or the extension host was killed", async () => {
		const content = await readFile(demoModel);
		const host = fork(downloadingHost, [hub.origin, `${folder.path}/models`, `hf:${repository}`]);
		try {
			hub.bytesPerTick = 10_000;
			await until("a part is here", () => partBytes() > 500_000);
			host.kill("SIGKILL");
			await until("nobody sends to it", () => hub.openResponses === 0);
			const kept = partBytes();
			assert.ok(kept > 500_000 && kept < content.length, String(kept));

			const killed = createModelFetcher({
				modelsDirectory: `${folder.path}/models`,
				network: () => networkTo(hub.origin),
				log,
			});
			const obtaining = failureOf(killed.obtain(`hf:${repository}`, hooks, never));
			await until("more is here", () => partBytes() > kept + 300_000);
			const started = log.lines.find((line) => /download process \d+ started/.test(line));
			process.kill(Number(/\d+/.exec(started ?? "")?.[0]), "SIGKILL");
			const failure = await obtaining;
			assert.equal(failure.kind === "downloadFailed" && failure.cause.kind, "processCrashed");
			const more = partBytes();
			assert.ok(more > kept && more < content.length, String(more));

			const before = hub.sentBytes;
			hub.bytesPerTick = Infinity;
			const info = await fixture.languageModel.prepare(never);
			assert.ok(content.equals(await readFile(info!.path)));
			const headerBytes = 2 ** 20;
			assert.ok(hub.sentBytes - before <= content.length - more + headerBytes);
		} finally {
			host.kill("SIGKILL");
		}
	});

	it("accepts plain HTTP only from this machine", async () => {
		const value = "http://models.example/tiny.gguf";
		fixture.settings = { ...fixture.settings, model: value };
		assert.deepEqual(await failureOf(fixture.languageModel.prepare(never)), {
			kind: "modelSettingInvalid",
			value,
		});
	});
});
