import assert from "node:assert/strict";
import { withoutNames } from "../../../../src/extension/reports/withoutNames";
import {
	describeDeviceReport,
	type ReportSurroundings,
} from "../../../../src/extension/reports/describeDeviceReport";
import type { DeviceReport } from "../../../../src/protocol/inference/deviceReport";
import type { ModelInfo } from "../../../../src/protocol/inference/model";
import { sampleDeviceReport } from "../../../support/scripted/sampleDeviceReport";

const info: ModelInfo = {
	name: "tiny_chat | demo",
	path: "/home/someone/models/tiny-chat.gguf",
	fileBytes: 4_100_000,
	architecture: "llama",
	contextTokens: 4096,
	trainedContextTokens: 4096,
	contextBytesPerToken: 1000,
	memoryBytes: { ram: 20_000_000, gpu: 5_000_000 },
	device: {
		kind: "gpu",
		backend: "vulkan",
		deviceNames: ["Some GPU"],
		gpuLayers: 4,
		totalLayers: 6,
		threads: 1,
	},
	deviceReasons: [{ kind: "bestBackend" }],
	thinking: { kind: "none" },
	templateStandIn: undefined,
};
const surroundings: ReportSurroundings = {
	home: "on this machine",
	system: "linux x64",
	settings: { gpu: "auto", gpuLayers: "auto", contextSize: 8192, threads: 0 },
	extensionVersion: "1.2.3",
	vsCodeVersion: "1.106.0",
};
const onGpu: DeviceReport = {
	...sampleDeviceReport(undefined),
	loaded: { info, gpuLayers: 4, totalLayers: 6, contextReason: "trained", threadsAreSet: false },
};

describe("the device report", () => {
	it("says how the model was loaded, and why", () => {
		const text = describeDeviceReport(onGpu, surroundings, "whole");
		assert.equal(
			text.slice(0, text.indexOf("## Backends")),
			[
				"# Local LLM: Device Report",
				"",
				"To report a bug, run “Local LLM: Copy Device Report”. It copies this report without paths and names.",
				"",
				"## Model",
				"",
				"- tiny\\_chat \\| demo (llama, 4.1 MB)",
				"- File: /home/someone/models/tiny-chat.gguf",
				"- Device: Vulkan, Some GPU",
				"- Reason: This is the best backend that works on this machine.",
				"- Layers: 4 of 6 on the GPU, 2 on the CPU",
				"- Context: 4,096 tokens, the most that the model was trained for",
				"- CPU: 1 thread at present, adapted to the load of the machine",
				"- Memory: 20.0 MB, and 5.0 MB of GPU memory",
				"",
				"",
			].join("\n"),
		);
	});

	it("says why a model's chat template is not used, and what is used instead", () => {
		const problem = { kind: "unusable", reason: "No <b>!" } as const;
		const templateStandIn = { problem, format: "ChatML" };
		const { loaded } = onGpu;
		assert.ok(loaded);
		const report = { ...onGpu, loaded: { ...loaded, info: { ...loaded.info, templateStandIn } } };
		assert.match(
			describeDeviceReport(report, surroundings, "whole"),
			/Chat template: .*cannot be used \(“No \\?<b\\?>!”\), so the ChatML format is used/,
		);
	});

	it("says for each backend whether it loaded, and if not, why", () => {
		const text = describeDeviceReport(
			{
				...onGpu,
				backends: [
					{
						backend: "cuda",
						problem: { kind: "noDriver" },
						devices: undefined,
						isChosen: false,
					},
					{
						backend: "vulkan",
						problem: undefined,
						devices: {
							names: ["Some GPU"],
							memory: { totalBytes: 8e9, freeBytes: 6e9 },
						},
						isChosen: true,
					},
					{
						backend: "cpu",
						problem: undefined,
						devices: { names: [], memory: undefined },
						isChosen: false,
					},
				],
			},
			surroundings,
			"whole",
		);
		assert.ok(text.includes("- **CUDA**: no NVIDIA driver or CUDA runtime found\n"));
		assert.ok(text.includes("- **Vulkan** (in use): Some GPU, 8.0 GB, 6.0 GB free\n"));
		assert.ok(text.includes("- **CPU**: the CPU\n"));
	});

	it("describes the machine, the settings, and all versions", () => {
		const text = describeDeviceReport(
			onGpu,
			{ ...surroundings, home: "The model runs there." },
			"whole",
		);
		for (const line of [
			"The model runs there.",
			"System: linux x64",
			"Memory: 17.2 GB, 8.6 GB free",
			"Gpu Layers: auto",
			"Local LLM Chatbot 1.2.3",
			"VS Code 1.106.0",
			"llama.cpp b1",
			"node-llama-cpp 3.0.0",
			"Node 22.0.0",
		]) {
			assert.ok(text.includes(`- ${line}\n`), line);
		}
	});

	it("is useful if no model is loaded, and if none can be", () => {
		const unloaded = sampleDeviceReport(undefined);
		const text = describeDeviceReport(unloaded, surroundings, "whole");
		assert.match(text, /Not loaded\. Your next message loads it\./);
		assert.match(text, /\*\*Vulkan\*\*: its process ended while loading \(SIGSEGV\)/);
		const broken = describeDeviceReport({ ...unloaded, machine: undefined }, surroundings, "whole");
		assert.match(broken, /llama\.cpp cannot be loaded on this machine\. See the log for details\./);
	});

	it("contains no paths in the version for bug reports", () => {
		const text = describeDeviceReport(onGpu, surroundings, "withoutPaths");
		assert.doesNotMatch(text, /someone|models|File:/);
		assert.match(text, /tiny/);
	});
});

describe("withoutNames", () => {
	it("removes absolute paths of any system", () => {
		assert.equal(
			withoutNames("in /home/ann/a.gguf and C:\\Users\\Ann\\b.gguf or (/opt/x/y)", []),
			"in (path) and (path) or ((path))",
		);
	});

	it("removes names that are whole words, in upper or lower case", () => {
		assert.equal(
			withoutNames("Ann's host build-7: annex, ANN, build-77", ["ann", "build-7"]),
			"(name)'s host (name): annex, (name), build-77",
		);
	});

	it("keeps text that is not a path: dates, fractions, rates, web addresses", () => {
		const text = "20/28 layers, 7 tokens/s, https://example.org/a/b, and/or";
		assert.equal(withoutNames(text, ["x", ""]), text);
	});
});
