import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import cudaPackages from "../../../../src/extension/cuda/cudaPackages.json";

interface LockedPackage {
	readonly version: string;
	readonly integrity?: string;
}

describe("the packages of CUDA's binaries", () => {
	it("are those that belong to the engine's version, with the integrity that the lock file has", () => {
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
