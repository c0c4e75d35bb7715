import { createRequire } from "node:module";
import path from "node:path";
import type { BackendName } from "../../protocol/inference/deviceBackend";

const systems: Readonly<Record<string, string>> = { linux: "linux", win32: "win", darwin: "mac" };

/** Returns the name of the package with a backend's binaries, as node-llama-cpp 3.22 names it. */
export function binaryPackage(backend: BackendName, platform: string, arch: string): string {
	const system = systems[platform] ?? platform;
	return `@node-llama-cpp/${system}-${arch}${backend === "cpu" ? "" : `-${backend}`}`;
}

/** Returns whether a backend's binaries are among this program's dependencies or the added packages. */
export function isInPackage(backend: BackendName, addedPackages: string | undefined): boolean {
	const name = binaryPackage(backend, process.platform, process.arch);
	const places = [
		__filename,
		...(addedPackages === undefined ? [] : [path.join(addedPackages, "x")]),
	];
	return places.some((place) => isFoundFrom(place, name));
}

function isFoundFrom(place: string, name: string): boolean {
	try {
		createRequire(place).resolve(name);
		return true;
	} catch {
		return false;
	}
}
