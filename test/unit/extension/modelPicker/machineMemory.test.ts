import assert from "node:assert/strict";
import { machineMemory } from "../../../../src/extension/modelPicker/machineMemory";
import type { BackendReport } from "../../../../src/protocol/inference/deviceReport";

const vulkan: BackendReport = {
	backend: "vulkan",
	problem: undefined,
	devices: { names: ["A GPU"], memory: { totalBytes: 8e9, freeBytes: 6e9 } },
	isChosen: true,
};
const cpu: BackendReport = {
	backend: "cpu",
	problem: undefined,
	devices: { names: [], memory: undefined },
	isChosen: false,
};
const report = (...backends: BackendReport[]) => ({
	backends,
	loaded: undefined,
	machine: undefined,
});

describe("machineMemory", () => {
	it("reports no GPU memory before detection, or without a GPU", () => {
		assert.equal(machineMemory(undefined).gpuBytes, undefined);
		assert.equal(machineMemory(report(cpu)).gpuBytes, undefined);
		const noDevice = { ...vulkan, problem: { kind: "noDevice" } as const };
		assert.equal(machineMemory(report(noDevice, cpu)).gpuBytes, undefined);
		assert.ok(machineMemory(undefined).ramBytes > 0);
	});

	it("reports the free memory of the usable GPU", () => {
		assert.equal(machineMemory(report(vulkan, cpu)).gpuBytes, 6e9);
	});
});
