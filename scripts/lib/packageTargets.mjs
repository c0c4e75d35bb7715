/**
 * A system with its own package, as VS Code names it.
 *
 * @typedef {object} PackageTarget
 * @property {string} name
 * @property {readonly string[]} binaries packages of llama.cpp binaries, below `@node-llama-cpp/`
 * @property {number} packedBytesLimit the maximum size of its VSIX
 */

/**
 * Each has the CPU binaries and, where node-llama-cpp publishes one, the system's small GPU backend (3.22: Vulkan for Linux and
 * Windows on x64, Metal for Apple silicon). CUDA's binaries have 160 to 540 MB and are left out.
 *
 * @type {readonly PackageTarget[]}
 */
export const packageTargets = [
	target("linux-x64", 42, "linux-x64", "linux-x64-vulkan"),
	target("linux-arm64", 20, "linux-arm64"),
	target("darwin-arm64", 10, "mac-arm64-metal"),
	target("darwin-x64", 15, "mac-x64"),
	target("win32-x64", 46, "win-x64", "win-x64-vulkan"),
	target("win32-arm64", 14, "win-arm64"),
];

/** The name of this machine's target. */
export const ownTarget = `${process.platform}-${process.arch}`;

/**
 * @param {string} name
 * @returns {PackageTarget}
 * @throws {Error} if the name is unknown
 */
export function chooseTarget(name) {
	const found = packageTargets.find((known) => known.name === name);
	if (!found) {
		const names = packageTargets.map((known) => known.name).join(", ");
		throw new Error(`Unknown target: ${name}. Choose from ${names}.`);
	}
	return found;
}

/**
 * @param {string} name
 * @param {number} megabytes in units of 1,000,000 bytes
 * @param {readonly string[]} binaries
 * @returns {PackageTarget}
 */
function target(name, megabytes, ...binaries) {
	return { name, binaries, packedBytesLimit: megabytes * 1_000_000 };
}
