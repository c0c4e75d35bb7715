import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import cudaPackages from "../../../../src/extension/cuda/cudaPackages.json";

interface LockedPackage {
	readonly version: string;
	readonly integrity?: string;
}

describe("the CUDA packages", () => {
	it("match the engine's version and the integrity in the lock file", () => {
		const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
			readonly packages: Readonly<Record<string, LockedPackage>>;
		};
		assert.equal(packages["node_modules/node-llama-cpp"]?.version, cudaPackages.version);
		for (const { name, integrity } of Object.values(cudaPackages.packages).flat()) {
			const locked = packages[`node_modules/${name}`];
			assert.equal(locked?.version, cudaPackages.version, name);
			assert.equal(locked.integrity ?? null, integrity, name);
		}
	});
});
