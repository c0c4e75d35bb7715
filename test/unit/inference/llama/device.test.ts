import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { packageTargets } from "../../../../scripts/lib/packageTargets.mjs";
import { binaryPackage } from "../../../../src/inference/packages/binaryPackage";
import { watchChildExits, type SpawnedExit } from "../../../../src/inference/childExits";
import { resolveDevice, type LoadedDevice } from "../../../../src/inference/llama/device";
import { gpuLayersToLoad } from "../../../../src/inference/llama/gpuLayers";
import type { GpuBackend } from "../../../../src/protocol/inference/deviceBackend";

describe("GPU layers", () => {
	it("leave room for the requested context, limited to the trained context", () => {
		const open = { gpuLayers: "auto", contextTokens: 8192 } as const;
		assert.deepEqual(gpuLayersToLoad(open, 131_072, true), { fitContext: { contextSize: 8192 } });
		assert.deepEqual(gpuLayersToLoad(open, 2048, true), { fitContext: { contextSize: 2048 } });
		assert.deepEqual(gpuLayersToLoad(open, undefined, true), { fitContext: { contextSize: 8192 } });
	});

	it("are balanced with the context if both are open", () => {
		assert.equal(gpuLayersToLoad({ gpuLayers: "auto", contextTokens: 0 }, 2048, true), "auto");
	});

	it("are those that the setting names", () => {
		assert.equal(gpuLayersToLoad({ gpuLayers: 12, contextTokens: 8192 }, 2048, true), 12);
		assert.equal(gpuLayersToLoad({ gpuLayers: 0, contextTokens: 0 }, 2048, true), 0);
	});

	it("are zero if the backend found no GPU", () => {
		assert.equal(gpuLayersToLoad({ gpuLayers: "auto", contextTokens: 8192 }, 2048, false), 0);
		assert.equal(gpuLayersToLoad({ gpuLayers: 12, contextTokens: 0 }, 2048, false), 0);
	});
});

describe("what computes", () => {
	const loaded: LoadedDevice = {
		asked: "auto",
		gpuLayers: 28,
		totalLayers: 28,
		deviceNames: ["Some GPU"],
		threads: 1,
	};

	it("is the GPU if it holds layers of the model", () => {
		const { device, reason } = resolveDevice("vulkan", loaded);
		assert.equal(device.kind, "gpu");
		assert.equal(reason, undefined);
		const layers = { gpuLayers: 20, totalLayers: 28 };
		assert.deepEqual(resolveDevice("vulkan", { ...loaded, gpuLayers: 20 }).reason, {
			kind: "layersFit",
			...layers,
		});
		assert.deepEqual(resolveDevice("vulkan", { ...loaded, asked: 20, gpuLayers: 20 }).reason, {
			kind: "layersSet",
			...layers,
		});
	});

	it("is the CPU if a backend has no GPU or holds no layer, with the reason", () => {
		const reasons = [
			resolveDevice("vulkan", { ...loaded, gpuLayers: 0, deviceNames: [] }),
			resolveDevice("vulkan", { ...loaded, gpuLayers: 0 }),
			resolveDevice("vulkan", { ...loaded, gpuLayers: 0, asked: 0 }),
			resolveDevice("cpu", { ...loaded, gpuLayers: 0 }),
		].map(({ device, reason }) => {
			assert.deepEqual(device, { kind: "cpu", threads: 1 });
			return reason;
		});
		assert.deepEqual(reasons, [
			{ kind: "backendProblem", backend: "vulkan", problem: { kind: "noDevice" } },
			{ kind: "noLayerFits", deviceNames: ["Some GPU"] },
			{ kind: "zeroLayers" },
			undefined,
		]);
	});
});

describe("the packages of binaries", () => {
	it("are called as those that ship", () => {
		const backends: readonly GpuBackend[] = ["metal", "vulkan"];
		for (const { name, binaries } of packageTargets) {
			const [platform, arch] = name.split("-") as [string, string];
			const known = (["cpu", ...backends] as const).map((backend) =>
				binaryPackage(backend, platform, arch),
			);
			for (const binary of binaries) {
				assert.ok(known.includes(`@node-llama-cpp/${binary}`), binary);
			}
		}
	});
});

describe("watchChildExits", () => {
	const node = (code: string): Promise<unknown> =>
		promisify(execFile)(process.execPath, ["-e", code]).catch(() => undefined);

	it("reports how the processes started by the work ended, and no others", async () => {
		const exits: SpawnedExit[] = [];
		await watchChildExits(
			async () => {
				await node("process.exit(3)");
				await node("process.kill(process.pid, 'SIGKILL')");
			},
			(exit) => exits.push(exit),
		);
		await node("process.exit(4)");
		assert.deepEqual(exits, [
			{ exitCode: 3, signal: null },
			{ exitCode: null, signal: "SIGKILL" },
		]);
	});
});
