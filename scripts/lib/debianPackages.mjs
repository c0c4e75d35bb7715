import { say } from "./progress.mjs";
import { findProgram, run } from "./shell.mjs";

/**
 * Installs Debian packages if that needs no permission: as root, with apt.
 *
 * @param {readonly string[]} packages
 * @returns {Promise<boolean>} whether they are installed now
 */
export async function installDebianPackages(packages) {
	if (process.getuid?.() !== 0 || !findProgram("apt-get")) {
		return false;
	}
	say(`apt-get install ${packages.join(" ")}`);
	const env = { DEBIAN_FRONTEND: "noninteractive" };
	await run("apt-get", ["update", "-q"], { env });
	await run("apt-get", ["install", "-y", "-q", "--no-install-recommends", ...packages], { env });
	return true;
}
