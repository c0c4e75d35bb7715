import assert from "node:assert/strict";
import type * as NodeLlamaCpp from "node-llama-cpp";
import { InferenceProcess } from "../../../src/extension/inference/inferenceProcess";
import { loadModel } from "../../../src/inference/llama/loadModel";
import type { LoadedModel } from "../../../src/inference/llama/loadedModel";
import { RecentLines } from "../../../src/inference/recentLines";
import {
	FindBackends,
	Generate,
	LoadModel,
	ReportDevice,
} from "../../../src/protocol/inference/inference";
import { demoModel, inferenceModule, scriptedModule } from "../../support/models/localModelFixture";
import { RecordedLog } from "../../support/recordedLog";
import { ask, never, options } from "./describeLanguageModel";

const load = { contextTokens: 0, gpuLayers: "auto", threads: 0, progressToken: "load" } as const;

describe("the device report", function () {
	this.timeout(30_000);
	let child: InferenceProcess;

	afterEach(() => child.stop());

	it("lists every GPU backend before one is loaded, and the device afterwards", async () => {
		child = new InferenceProcess(inferenceModule, new RecordedLog());
		const findings = await child.request(FindBackends, {}, never);
		assert.deepEqual(
			findings.map(({ backend }) => backend),
			["metal", "cuda", "vulkan"],
		);
		const elsewhere = process.platform === "darwin" ? "cuda" : "metal";
		assert.deepEqual(
			findings.find(({ backend }) => backend === elsewhere),
			{ backend: elsewhere, problem: { kind: "otherSystem" } },
		);
		await child.initialize("off", never);
		const report = await child.request(ReportDevice, {}, never);
		assert.equal(report.backend, "cpu");
		assert.deepEqual(report.devices, { names: [], memory: undefined });
		assert.equal(report.loaded, null);
		assert.ok(report.ram.freeBytes > 0 && report.ram.freeBytes < report.ram.totalBytes);
		assert.ok(report.processor.usableCores >= 1);
		assert.match(report.versions.nodeLlamaCpp, /^\d+\.\d+\.\d+$/);
		assert.ok(report.versions.llamaCpp.length > 0);
	});

	it("says how the model was loaded, and why", async () => {
		child = new InferenceProcess(inferenceModule, new RecordedLog());
		await child.initialize("off", never);
		const loadedWith = async (contextTokens: number, threads: number) => {
			const params = { ...load, path: demoModel, contextTokens, threads };
			const info = await child.request(LoadModel, params, never);
			const { loaded } = await child.request(ReportDevice, {}, never);
			assert.ok(loaded);
			assert.deepEqual(loaded.info, info);
			return loaded;
		};
		const asked = await loadedWith(1000, 1);
		assert.equal(asked.contextReason, "setting");
		assert.equal(asked.threadsAreSet, true);
		assert.deepEqual([asked.gpuLayers, asked.totalLayers], [0, 6]);
		const whole = await loadedWith(0, 0);
		assert.equal(whole.contextReason, "trained");
		assert.equal(whole.threadsAreSet, false);
		assert.equal((await loadedWith(100_000, 0)).contextReason, "trained");
	});

	it("is available while an answer is generated", async () => {
		child = new InferenceProcess(scriptedModule, new RecordedLog());
		await child.initialize("vulkan", never);
		await child.request(LoadModel, { ...load, path: "/models/scripted.gguf" }, never);
		const stop = new AbortController();
		const params = { messages: ask("slow"), ...options, progressToken: "answer" };
		let hasEnded = false;
		const answer = child.request(Generate, params, stop.signal).finally(() => (hasEnded = true));
		const report = await child.request(ReportDevice, {}, never);
		assert.equal(hasEnded, false);
		assert.equal(report.loaded?.gpuLayers, 4);
		stop.abort();
		await answer;
	});
});

describe("a context whose size is left open", function () {
	this.timeout(30_000);
	let llama: NodeLlamaCpp.Llama;
	let library: typeof NodeLlamaCpp;

	before(async () => {
		library = await import("node-llama-cpp");
		llama = await library.getLlama({
			gpu: false,
			build: "never",
			skipDownload: true,
			progressLogs: false,
			logLevel: library.LlamaLogLevel.error,
		});
	});
	after(() => llama.dispose());

	async function withMemory(bytes: number | null): Promise<LoadedModel["report"]> {
		await llama.setRamCap(bytes);
		const context = {
			library,
			llama,
			gpu: "off",
			written: new RecentLines(1),
			log: () => undefined,
		} as const;
		const loaded = await loadModel(context, { ...load, path: demoModel }, () => undefined, never);
		assert.ok(loaded);
		await loaded.dispose();
		return loaded.report;
	}

	it("is all that the model was trained for where memory allows it", async () => {
		const { info, contextReason } = await withMemory(null);
		assert.equal(info.contextTokens, info.trainedContextTokens);
		assert.equal(contextReason, "trained");
	});

	it("is as large as memory allows if that is less, and grows with it", async () => {
		const small = await withMemory(8 * 2 ** 20);
		const larger = await withMemory(16 * 2 ** 20);
		assert.equal(small.contextReason, "memory");
		assert.equal(larger.contextReason, "memory");
		assert.ok(small.info.contextTokens < larger.info.contextTokens);
		assert.ok(larger.info.contextTokens < larger.info.trainedContextTokens);
	});
});
