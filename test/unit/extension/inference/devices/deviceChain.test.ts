import assert from "node:assert/strict";
import { DeviceChain } from "../../../../../src/extension/inference/devices/deviceChain";
import type { BackendFinding } from "../../../../../src/protocol/inference/deviceBackend";

const findings: readonly BackendFinding[] = [
	{ backend: "metal", problem: { kind: "otherSystem" } },
	{ backend: "cuda" },
	{ backend: "vulkan" },
];
const died = { kind: "died", exitCode: null, signal: "SIGSEGV" } as const;

describe("DeviceChain", () => {
	it("takes the best backend that nothing speaks against", () => {
		assert.equal(DeviceChain.empty.best(findings), "cuda");
	});

	it("passes over what failed, down to the processor", () => {
		const second = DeviceChain.empty.under("a").without("cuda", died);
		assert.equal(second.best(findings), "vulkan");
		const last = second.without("vulkan", { kind: "noDevice" });
		assert.equal(last.best(findings), "cpu");
		assert.deepEqual([...last.problems.keys()], ["cuda", "vulkan"]);
		assert.equal(second.best(findings), "vulkan");
	});

	it("keeps that while settings and driver are the same, and tries all again when they change", () => {
		const failed = DeviceChain.empty.under("a").without("cuda", died);
		assert.equal(failed.under("a").best(findings), "vulkan");
		assert.equal(failed.under("b").best(findings), "cuda");
		assert.equal(failed.under("b").problems.size, 0);
	});

	it("takes the processor where no GPU's backend is known", () => {
		assert.equal(DeviceChain.empty.best([]), "cpu");
	});
});
