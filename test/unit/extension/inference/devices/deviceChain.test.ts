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
	it("chooses the first backend without a problem", () => {
		assert.equal(DeviceChain.empty.best(findings), "cuda");
	});

	it("skips failed backends, and falls back to the CPU", () => {
		const second = DeviceChain.empty.under("a").without("cuda", died);
		assert.equal(second.best(findings), "vulkan");
		const last = second.without("vulkan", { kind: "noDevice" });
		assert.equal(last.best(findings), "cpu");
		assert.deepEqual([...last.problems.keys()], ["cuda", "vulkan"]);
		assert.equal(second.best(findings), "vulkan");
	});

	it("skips them while the settings and the driver stay the same, and tries all again when they change", () => {
		const failed = DeviceChain.empty.under("a").without("cuda", died);
		assert.equal(failed.under("a").best(findings), "vulkan");
		assert.equal(failed.under("b").best(findings), "cuda");
		assert.equal(failed.under("b").problems.size, 0);
	});

	it("chooses the CPU if no GPU backend is known", () => {
		assert.equal(DeviceChain.empty.best([]), "cpu");
	});
});
