import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { InferenceProcess } from "../../../src/extension/inference/inferenceProcess";
import { Generate, LoadModel } from "../../../src/protocol/inference/inference";
import { createLocalLanguageModel, scriptedModule } from "../../support/models/localModelFixture";
import { RecordedLog } from "../../support/recordedLog";
import { until } from "../../support/until";
import { ask, failureOf, never, options, Transcript } from "./describeLanguageModel";

describe("the life of the inference process", function () {
	this.timeout(20_000);

	it("cancel before dispatch settles", async () => {
		const child = new InferenceProcess(scriptedModule, new RecordedLog());
		try {
			await child.initialize("off", never);
			const path = "/models/scripted.gguf";
			await child.request(
				LoadModel,
				{ path, contextTokens: 0, gpuLayers: "auto", threads: 0, progressToken: "load" },
				never,
			);
			const stop = new AbortController();
			const params = { messages: ask("slow"), ...options, progressToken: "answer" };
			// Request and cancellation leave in one go, so the child reads both before it dispatches either.
			const answer = child.request(Generate, params, stop.signal);
			stop.abort();
			assert.equal((await answer).ending, "stopped");
			const aborted = child.request(Generate, params, AbortSignal.abort());
			assert.equal((await aborted).ending, "stopped");
		} finally {
			await child.stop();
		}
	});

	it("host dies, child exits", async () => {
		await assertEndsWithItsHost("slow");
	});

	it("host dies, child exits although a thread of it computes on", async () => {
		await assertEndsWithItsHost("compute");
	});

	it("reports how many threads compute now", async () => {
		const { languageModel } = createLocalLanguageModel(scriptedModule);
		const info = await languageModel.prepare(never);
		assert.equal(info?.device.threads, 1);
		await languageModel.generate(ask("hurry"), options, new Transcript(), never);
		const report = await languageModel.reportDevices(never);
		const device = { ...info.device, threads: 2 };
		await languageModel.unload();
		assert.deepEqual(report?.loaded?.info, { ...info, device });
	});

	it("tells the last lines that a crashed process wrote", async () => {
		const { languageModel } = createLocalLanguageModel(scriptedModule);
		await languageModel.prepare(never);
		const heard = new Transcript();
		const failure = await failureOf(languageModel.generate(ask("crash"), options, heard, never));
		assert.equal(failure.kind, "processCrashed");
		assert.equal(failure.signal, "SIGABRT");
		assert.deepEqual(failure.lastLines, ["scripted: assertion failed"]);
		assert.equal(failure.onGpu, false);
		assert.equal(heard.text("reply"), "About to ");
		await languageModel.unload();
	});

	it("reports the model of a crash, and the sizes of its request", async () => {
		const fixture = createLocalLanguageModel(scriptedModule);
		const { languageModel, crashes } = fixture;
		await languageModel.prepare(never);
		const messages = [...ask("Hello"), { role: "assistant", text: "Hi." } as const];
		const question = [...messages, ...ask("crash").slice(1)];
		const heard = new Transcript();
		const failure = await failureOf(languageModel.generate(question, options, heard, never));
		assert.equal(crashes.length, 1);
		const { crash, texts } = crashes[0]!;
		assert.ok(crash.uptimeMs > 0);
		assert.equal(failure.kind === "processCrashed" && failure.reportId, crash.id);
		assert.equal(crash.phase, "decoding");
		assert.deepEqual(crash.request, {
			messages: 4,
			systemCharacters: "You are a helpful assistant.".length,
			userCharacters: "Hellocrash".length,
			assistantCharacters: "Hi.".length,
			continuesAnswer: false,
			promptTokens: heard.trimmed?.promptTokens,
			answerTokens: 2,
			...options,
		});
		assert.equal(crash.signal, "SIGABRT");
		assert.equal(crash.model?.name, "tiny-chat");
		assert.equal(crash.model.device, "CPU, 1 thread");
		assert.deepEqual(crash.lastLines, ["scripted: assertion failed"]);
		assert.equal(crash.versions?.llamaCpp, "b1");
		assert.equal(crash.recovery, "restarts");
		assert.deepEqual(texts.slice(-2), ["crash", "About to "]);
		await until("the model is back", () => languageModel.status.kind === "ready");
		fixture.kill();
		await until("the crash is noticed", () => crashes.length === 2);
		assert.equal(crashes[1]!.crash.phase, "idle");
		assert.equal(crashes[1]!.crash.request, undefined);
		assert.equal(crashes[1]!.crash.crashes, 2);
		assert.deepEqual(crashes[1]!.texts, []);
		fixture.settings = { ...fixture.settings, model: "/models/dies.gguf" };
		await failureOf(languageModel.prepare(never));
		assert.equal(crashes[2]!.crash.phase, "loading");
		await languageModel.unload();
	});

	it("ends a process that does not heed a stop, and answers with a new one", async () => {
		const { languageModel, log } = createLocalLanguageModel(
			scriptedModule,
			{},
			{ stopBoundMs: 200 },
		);
		await languageModel.prepare(never);
		const stop = new AbortController();
		const heard = new Transcript();
		heard.onPiece = () => {
			// When the computation spins, past all cancelling.
			setTimeout(() => {
				stop.abort();
			}, 200);
		};
		const generated = await languageModel.generate(ask("hang"), options, heard, stop.signal);
		assert.deepEqual(generated, { ending: "stopped", stats: undefined });
		assert.equal(heard.text("reply"), "Never ");
		assert.ok(log.lines.some((line) => line.startsWith("warn")));
		assert.ok(await languageModel.prepare(never));
		await languageModel.unload();
	});

	it("keeps thoughts and reply apart, in order", async () => {
		const { languageModel } = createLocalLanguageModel(scriptedModule);
		await languageModel.prepare(never);
		const heard = new Transcript();
		await languageModel.generate(ask("think"), options, heard, never);
		assert.equal(heard.text("thought"), "The user wants thoughts.");
		assert.equal(heard.text("reply"), "Here they were.");
		const channels = heard.pieces.map(({ channel }) => channel);
		assert.deepEqual(channels, [...channels].sort().reverse());
		await languageModel.unload();
	});

	it("ends the process when nothing was asked for a while", async () => {
		const { languageModel } = createLocalLanguageModel(scriptedModule, {
			unloadAfterMinutes: 0.005,
		});
		await languageModel.prepare(never);
		assert.equal(languageModel.status.kind, "ready");
		await until("the model is unloaded", () => languageModel.status.kind === "unloaded", 5000);
		assert.equal(languageModel.processId, undefined);
	});

	it("unloads by a wait that is set while the model is loaded", async () => {
		const fixture = createLocalLanguageModel(scriptedModule);
		const { languageModel } = fixture;
		await languageModel.prepare(never);
		fixture.settings = { ...fixture.settings, unloadAfterMinutes: 0.005 };
		languageModel.settingsChanged();
		await until("the model is unloaded", () => languageModel.status.kind === "unloaded", 5000);
	});

	it("logs what computes, and why", async () => {
		const { languageModel, log } = createLocalLanguageModel(scriptedModule);
		const info = await languageModel.prepare(never);
		const line = log.lines.find((each) => each.startsWith("info loaded "));
		assert.ok(
			info && line?.includes(info.path) && line.endsWith(JSON.stringify(info.deviceReasons)),
		);
		await languageModel.unload();
	});

	it("starts a new process for another GPU setting, and none for another context size", async () => {
		const fixture = createLocalLanguageModel(scriptedModule);
		const { languageModel } = fixture;
		await languageModel.prepare(never);
		const first = languageModel.processId;
		fixture.settings = { ...fixture.settings, contextTokens: 256 };
		languageModel.settingsChanged();
		assert.equal(languageModel.status.kind, "unloaded");
		const info = await languageModel.prepare(never);
		assert.equal(info?.contextTokens, 256);
		assert.equal(languageModel.processId, first);
		fixture.settings = { ...fixture.settings, gpu: "auto" };
		languageModel.settingsChanged();
		assert.equal(languageModel.status.gpu, "auto");
		await languageModel.prepare(never);
		assert.notEqual(languageModel.processId, first);
		await languageModel.unload();
	});
});

async function assertEndsWithItsHost(question: string): Promise<void> {
	const host = fork(path.join(process.cwd(), "out/test/support/scripted/doomedHost.entry.cjs"), [
		question,
	]);
	const [childId] = (await once(host, "message")) as [number];
	assert.ok(isAlive(childId));
	host.kill("SIGKILL");
	try {
		await until("the engine's process is gone", () => !isAlive(childId), 5000);
	} catch (error) {
		process.kill(childId, "SIGKILL");
		throw error;
	}
}

function isAlive(processId: number): boolean {
	try {
		process.kill(processId, 0);
		return true;
	} catch {
		return false;
	}
}
