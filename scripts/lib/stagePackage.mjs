import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { build } from "./build.mjs";
import { mayShip } from "./packageContents.mjs";
import { root } from "./paths.mjs";
import { say } from "./progress.mjs";
import { run } from "./shell.mjs";

/** @typedef {Record<string, unknown> & { dependencies: Record<string, string> }} Manifest */

/**
 * Creates a folder with exactly the contents of a package.
 *
 * @param {import("./packageTargets.mjs").PackageTarget} target
 * @returns {Promise<string>} the folder
 */
export async function stagePackage(target) {
	const folder = path.join(root, "out/stage", target.name);
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await installDependencies(folder);
	for (const binaries of target.binaries) {
		await addBinaries(folder, binaries);
	}
	await prune(folder, target);
	await build("--production", "--into", folder);
	// The style sheets are already in dist/, in one file.
	await cp(path.join(root, "media"), path.join(folder, "media"), {
		recursive: true,
		filter: (file) => !file.endsWith(".css"),
	});
	for (const file of ["LICENSE", "CHANGELOG.md"]) {
		await cp(path.join(root, file), path.join(folder, file));
	}
	const readme = await readFile(path.join(root, "README.md"), "utf8");
	await writeFile(path.join(folder, "README.md"), forUsers(readme));
	await writeFile(
		path.join(folder, "package.json"),
		JSON.stringify(withoutDevelopment(await readManifest()), undefined, "\t"),
	);
	await rm(path.join(folder, "package-lock.json"));
	return folder;
}

/**
 * Installs the unbundled dependencies from the lock file, without any binaries. npm would include CUDA's, and would choose this
 * machine's binaries instead of the target's.
 *
 * @param {string} folder
 */
async function installDependencies(folder) {
	say("npm: unbundled dependencies");
	for (const file of ["package.json", "package-lock.json"]) {
		await cp(path.join(root, file), path.join(folder, file));
	}
	await run(
		"npm",
		["ci", "--omit=dev", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund"],
		{ cwd: folder },
	);
	const modules = path.join(folder, "node_modules");
	await rm(path.join(modules, ".package-lock.json"));
	await rm(path.join(modules, ".bin"), { recursive: true, force: true });
}

/**
 * Adds a package of llama.cpp binaries.
 *
 * @param {string} folder
 * @param {string} name below `@node-llama-cpp/`
 * @throws {Error} if the package in the registry differs from the lock file
 */
async function addBinaries(folder, name) {
	const packageName = `@node-llama-cpp/${name}`;
	const { version, integrity } = await lockedPackage(packageName);
	say(`npm: ${packageName} ${version}`);
	const written = await run(
		"npm",
		["pack", `${packageName}@${version}`, "--json", "--silent", "--pack-destination", folder],
		{ cwd: folder },
	);
	const [packed] = /** @type {{ filename: string, integrity: string }[]} */ (JSON.parse(written));
	// The lock file has no checksum for packages that its registry lacked when it was written.
	if (!packed || (integrity !== undefined && packed.integrity !== integrity)) {
		throw new Error(`${packageName} ${version} differs from package-lock.json.`);
	}
	const archive = path.join(folder, packed.filename);
	const into = path.join(folder, "node_modules", packageName);
	await mkdir(into, { recursive: true });
	await run("tar", ["-xzf", archive, "-C", into, "--strip-components=1"]);
	await rm(archive);
}

/**
 * @param {string} packageName
 * @returns {Promise<{ version: string, integrity?: string }>}
 */
async function lockedPackage(packageName) {
	const lock =
		/** @type {{ packages: Record<string, { version: string, integrity?: string } | undefined> }} */ (
			JSON.parse(await readFile(path.join(root, "package-lock.json"), "utf8"))
		);
	const found = lock.packages[`node_modules/${packageName}`];
	if (!found) {
		throw new Error(`package-lock.json has no ${packageName}.`);
	}
	return found;
}

/**
 * Removes files of the dependencies that do not ship: sources, types, documents, and tests.
 *
 * @param {string} folder
 * @param {import("./packageTargets.mjs").PackageTarget} target
 */
async function prune(folder, target) {
	const entries = await readdir(path.join(folder, "node_modules"), {
		recursive: true,
		withFileTypes: true,
	});
	for (const entry of entries) {
		const file = path.join(entry.parentPath, entry.name);
		const shipped = `extension/${path.relative(folder, file).replaceAll(path.sep, "/")}`;
		if (!entry.isDirectory() && !mayShip(shipped, target)) {
			await rm(file);
		}
	}
}

/** @returns {Promise<Manifest>} */
async function readManifest() {
	return /** @type {Manifest} */ (
		JSON.parse(await readFile(path.join(root, "package.json"), "utf8"))
	);
}

/** @param {Manifest} manifest */
function withoutDevelopment(manifest) {
	const left = new Set(["scripts", "devDependencies", "private"]);
	return Object.fromEntries(Object.entries(manifest).filter(([key]) => !left.has(key)));
}

/** A link to a file in the repository, which does not ship. */
const repositoryLink = /\[([^\]]+)\]\((?!https?:|#)[^)]*\)/g;

/**
 * Returns the readme for users of the package, without pictures, sections for contributors, and links into the repository.
 *
 * @param {string} readme
 */
export function forUsers(readme) {
	return readme
		.replace(/<p>[\s\S]*?<\/p>\n*/, "")
		.split(/^(?=## )/m)
		.filter((section) => !/^## (?:Try it|Install|For developers)\n/.test(section))
		.join("")
		.split("\n\n")
		.filter((block) => !/^ *<img /.test(block))
		.filter((block) => block.startsWith("- ") || block.search(repositoryLink) < 0)
		.join("\n\n")
		.replace(repositoryLink, "$1");
}
