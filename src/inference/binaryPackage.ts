import { createRequire } from "node:module";
import type { BackendName } from "../protocol/deviceBackend";

const systems: Readonly<Record<string, string>> = { linux: "linux", win32: "win", darwin: "mac" };

/** @returns the name of the package that holds a backend's binaries, as node-llama-cpp 3.22 names them. */
export function binaryPackage(backend: BackendName, platform: string, arch: string): string {
	const system = systems[platform] ?? platform;
	return `@node-llama-cpp/${system}-${arch}${backend === "cpu" ? "" : `-${backend}`}`;
}

/** @returns whether a backend's binaries lie where this program finds its dependencies. */
export function isInPackage(backend: BackendName): boolean {
	try {
		const name = binaryPackage(backend, process.platform, process.arch);
		createRequire(__filename).resolve(name);
		return true;
	} catch {
		return false;
	}
}
