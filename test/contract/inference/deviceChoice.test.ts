import assert from "node:assert/strict";
import type { LocalModelSettings } from "../../../src/extension/inference/modelSettings";
import {
	createLocalLanguageModel,
	scriptedModule,
	type LocalModelFixture,
} from "../../support/models/localModelFixture";
import { failureOf, never } from "./describeLanguageModel";

describe("the choice of a backend", function () {
	this.timeout(20_000);
	let fixture: LocalModelFixture;
	let driver = "1";

	function start(settings: Partial<LocalModelSettings>): void {
		fixture = createLocalLanguageModel(
			scriptedModule,
			{ gpu: "auto", model: "/models/scripted.gguf", ...settings },
			{ driverFingerprint: () => Promise.resolve(driver) },
		);
	}

	/** How many processes were started so far. */
	function starts(): number {
		return fixture.log.lines.filter((line) => /inference process \d+ started/.test(line)).length;
	}

	afterEach(() => fixture.languageModel.unload());

	it("is the best one that works", async () => {
		start({});
		const info = await fixture.languageModel.prepare(never);
		assert.equal(info?.device.kind === "gpu" && info.device.backend, "vulkan");
		assert.deepEqual(info?.deviceReasons, [{ kind: "bestBackend" }]);
	});

	it("falls back where the process dies on loading, says why, and never dies of the same twice", async () => {
		start({ model: "/models/dies-on-vulkan.gguf" });
		const info = await fixture.languageModel.prepare(never);
		assert.equal(info?.device.kind, "cpu");
		assert.deepEqual(info.deviceReasons, [
			{ kind: "noBackendWorks" },
			{ kind: "backendProblem", backend: "cuda", problem: { kind: "notInPackage" } },
			{
				kind: "backendProblem",
				backend: "vulkan",
				problem: { kind: "died", exitCode: null, signal: "SIGABRT" },
			},
		]);
		assert.ok(
			fixture.log.lines.includes("warn vulkan is skipped (died); the next backend is tried"),
		);
		assert.equal(starts(), 2);
		await fixture.languageModel.unload();
		assert.equal((await fixture.languageModel.prepare(never))?.device.kind, "cpu");
		assert.equal(starts(), 3);
	});

	it("is repeated when the model or the driver changes", async () => {
		start({ model: "/models/dies-on-vulkan.gguf" });
		await fixture.languageModel.prepare(never);
		fixture.settings = { ...fixture.settings, model: "/models/scripted.gguf" };
		assert.equal((await fixture.languageModel.prepare(never))?.device.kind, "gpu");
		fixture.settings = { ...fixture.settings, model: "/models/dies-on-vulkan.gguf" };
		await fixture.languageModel.prepare(never);
		await fixture.languageModel.unload();
		const before = starts();
		driver = "2";
		await fixture.languageModel.prepare(never);
		assert.equal(starts(), before + 2);
	});

	it("falls back if the GPU's memory is too small for the model", async () => {
		start({ model: "/models/large.gguf" });
		const info = await fixture.languageModel.prepare(never);
		assert.equal(info?.device.kind, "cpu");
		assert.deepEqual(info.deviceReasons.at(-1), {
			kind: "backendProblem",
			backend: "vulkan",
			problem: { kind: "tooLittleMemory" },
		});
	});

	it("fails if the model crashes the process on every backend", async () => {
		start({ model: "/models/dies.gguf" });
		const failure = await failureOf(fixture.languageModel.prepare(never));
		assert.equal(failure.kind, "processCrashed");
		assert.equal(failure.onGpu, false);
		assert.equal(starts(), 2);
		assert.equal(fixture.languageModel.status.kind, "failed");
	});

	it("that the setting names is never replaced", async () => {
		start({ gpu: "vulkan", model: "/models/dies-on-vulkan.gguf" });
		const failure = await failureOf(fixture.languageModel.prepare(never));
		assert.equal(failure.kind, "processCrashed");
		assert.equal(failure.onGpu, true);
		assert.equal(starts(), 1);
		fixture.settings = { ...fixture.settings, gpu: "cuda" };
		assert.deepEqual(await failureOf(fixture.languageModel.prepare(never)), {
			kind: "gpuUnavailable",
			gpu: "cuda",
			problem: { kind: "notInPackage" },
		});
	});

	it("and the number of layers are the settings'", async () => {
		start({ gpu: "vulkan", gpuLayers: 3 });
		const info = await fixture.languageModel.prepare(never);
		assert.equal(info?.device.kind === "gpu" && info.device.gpuLayers, 3);
		assert.deepEqual(info?.deviceReasons[0], { kind: "gpuSetting" });
		fixture.settings = { ...fixture.settings, gpuLayers: 2 };
		fixture.languageModel.settingsChanged();
		assert.equal(fixture.languageModel.status.kind, "unloaded");
	});
});
