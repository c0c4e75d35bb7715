import assert from "node:assert/strict";
import type { BackendName, BackendProblem } from "../../../src/protocol/inference/deviceBackend";
import type { DeviceReason } from "../../../src/protocol/inference/deviceReason";
import type { LocalModelSettings } from "../../../src/extension/inference/modelSettings";
import type { ModelInfo } from "../../../src/protocol/inference/model";
import {
	createLocalLanguageModel,
	inferenceModule,
	type LocalModelFixture,
} from "../../support/models/localModelFixture";
import { skipBecause } from "../../support/skipBecause";
import {
	brokenVulkan,
	dyingVulkan,
	softwareVulkan,
	useEnvironment,
	type Environment,
} from "../../support/models/softwareVulkan";
import { ask, failureOf, never, options, Transcript } from "./describeLanguageModel";

/** @returns why a backend is not used; `undefined` if no reason names it. */
function problemOf(
	reasons: readonly DeviceReason[],
	wanted: BackendName,
): BackendProblem | undefined {
	const reason = reasons.find((each) => each.kind === "backendProblem" && each.backend === wanted);
	return reason?.kind === "backendProblem" ? reason.problem : undefined;
}

describe("the real engine with Vulkan in software", function () {
	// Installing takes a while, and so does a driver in software that compiles llama.cpp's programs for the first time.
	this.timeout(600_000);
	let restore: () => void = () => undefined;
	let fixture: LocalModelFixture | undefined;

	afterEach(async () => {
		await fixture?.languageModel.unload();
		fixture = undefined;
		restore();
		restore = () => undefined;
	});

	/** Starts a backend with `environment`, or skips the test if that is not possible. */
	async function start(
		context: Mocha.Context,
		environment: () => Promise<Environment>,
		settings: Partial<LocalModelSettings>,
	): Promise<LocalModelFixture> {
		try {
			restore = useEnvironment(await environment());
		} catch (error) {
			skipBecause(context, error instanceof Error ? error.message : String(error));
		}
		fixture = createLocalLanguageModel(inferenceModule, { contextTokens: 512, ...settings });
		return fixture;
	}

	async function prepare({ languageModel }: LocalModelFixture): Promise<ModelInfo> {
		const info = await languageModel.prepare(never);
		assert.ok(info);
		return info;
	}

	async function assertAnswers({ languageModel }: LocalModelFixture): Promise<void> {
		const heard = new Transcript();
		await languageModel.generate(ask("Who are you?"), options, heard, never);
		assert.equal(heard.text("reply"), "I am a tiny demo model.");
	}

	it("puts every layer on the GPU automatically, and answers correctly", async function () {
		const started = await start(this, softwareVulkan, { gpu: "auto" });
		const { device, deviceReasons } = await prepare(started);
		assert.ok(device.kind === "gpu");
		assert.equal(device.backend, "vulkan");
		assert.deepEqual([device.gpuLayers, device.totalLayers], [6, 6]);
		assert.match(device.deviceNames.join(), /llvmpipe/);
		assert.deepEqual(deviceReasons, [{ kind: "bestBackend" }]);
		await assertAnswers(started);
		const report = await started.languageModel.reportDevices(never);
		const vulkan = report?.backends.find(({ backend }) => backend === "vulkan");
		assert.ok(vulkan?.isChosen && vulkan.problem === undefined);
		assert.deepEqual(vulkan.devices?.names, device.deviceNames);
		assert.ok((vulkan.devices.memory?.totalBytes ?? 0) > 0);
		assert.equal(report?.loaded?.gpuLayers, 6);
	});

	it("puts as many layers on the GPU as the setting says, and answers right", async function () {
		const started = await start(this, softwareVulkan, { gpu: "vulkan", gpuLayers: 2 });
		const { device, deviceReasons } = await prepare(started);
		assert.ok(device.kind === "gpu");
		assert.equal(device.gpuLayers, 2);
		assert.deepEqual(deviceReasons, [
			{ kind: "gpuSetting" },
			{ kind: "layersSet", gpuLayers: 2, totalLayers: 6 },
		]);
		await assertAnswers(started);
	});

	for (const gpu of ["auto", "vulkan"] as const) {
		it(`is the processor where the backend finds no GPU, and says so (${gpu})`, async function () {
			const noDevice = async (): Promise<Environment> => ({
				...(await softwareVulkan()),
				GGML_VK_VISIBLE_DEVICES: undefined,
			});
			const started = await start(this, noDevice, { gpu });
			const { device, deviceReasons } = await prepare(started);
			assert.equal(device.kind, "cpu");
			assert.deepEqual(deviceReasons[0], {
				kind: "backendProblem",
				backend: "vulkan",
				problem: { kind: "noDevice" },
			});
			await assertAnswers(started);
			const listener = new Transcript();
			listener.onPiece = () => {
				started.kill();
			};
			const story = started.languageModel.generate(
				ask("Write a long story"),
				options,
				listener,
				never,
			);
			const failure = await failureOf(story);
			assert.ok(failure.kind === "processCrashed" && !failure.onGpu, "the CPU is no way out");
		});
	}

	it("falls back to the processor where the driver cannot be loaded", async function () {
		const started = await start(this, brokenVulkan, { gpu: "auto" });
		const { device, deviceReasons } = await prepare(started);
		assert.equal(device.kind, "cpu");
		assert.deepEqual(deviceReasons[0], { kind: "noBackendWorks" });
		assert.deepEqual(problemOf(deviceReasons, "vulkan"), {
			kind: "testFailed",
			exitCode: 1,
			signal: null,
		});
		await assertAnswers(started);
	});

	it("falls back to the processor where the driver crashes at once", async function () {
		const started = await start(this, () => dyingVulkan("vkCreateInstance"), { gpu: "auto" });
		const { device, deviceReasons } = await prepare(started);
		assert.equal(device.kind, "cpu");
		assert.deepEqual(problemOf(deviceReasons, "vulkan"), {
			kind: "testFailed",
			exitCode: null,
			signal: "SIGABRT",
		});
		await assertAnswers(started);
	});

	it("falls back to the processor where the process dies on loading the model", async function () {
		const started = await start(this, () => dyingVulkan("vkAllocateMemory"), { gpu: "auto" });
		const { device, deviceReasons } = await prepare(started);
		assert.equal(device.kind, "cpu");
		assert.equal(problemOf(deviceReasons, "vulkan")?.kind, "died");
		await assertAnswers(started);
		const report = await started.languageModel.reportDevices(never);
		const vulkan = report?.backends.find(({ backend }) => backend === "vulkan");
		assert.deepEqual(vulkan?.problem, { kind: "died", exitCode: null, signal: "SIGABRT" });
	});

	it("is not replaced where the setting names Vulkan", async function () {
		const started = await start(this, () => dyingVulkan("vkAllocateMemory"), { gpu: "vulkan" });
		const failure = await failureOf(started.languageModel.prepare(never));
		assert.equal(failure.kind, "processCrashed");
		assert.equal(failure.onGpu, true);
		await started.languageModel.unload();
		restore();
		const broken = await start(this, brokenVulkan, { gpu: "vulkan" });
		assert.deepEqual(await failureOf(broken.languageModel.prepare(never)), {
			kind: "gpuUnavailable",
			gpu: "vulkan",
			problem: { kind: "testFailed", exitCode: 1, signal: null },
		});
	});
});
