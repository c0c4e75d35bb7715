import { stat } from "node:fs/promises";
import { openPromise } from "yauzl";

/** Files that a package may contain, besides its dependencies. */
const ownFiles = [
	/^extension\.vsixmanifest$/,
	/^\[Content_Types\]\.xml$/,
	/^extension\/(?:package(?:\.nls(?:\.[\w-]+)?)?\.json|readme\.md|changelog\.md|LICENSE\.txt)$/i,
	/^extension\/dist\/(?:(?:extension|chat|modelSide|onDemand|storage|inference|download|import)\.cjs|packageHook\.mjs|webview\.(?:js|css)|(?:drawFormula|earlyComposer|highlight)\.js|codicon\.ttf)$/,
	/^extension\/dist\/l10n\/(?:bundle\.l10n|page)\.[\w-]+\.json$/,
	/^extension\/media\/(?:walkthrough\/)?[^/]+\.(?:svg|png)$/,
];
/** Files that are read before a window or a view can be used, and their limit. The files of one line share it. */
const startLimits = [
	{ files: /^extension\/dist\/extension\.cjs$/, bytesLimit: 20_000 },
	{ files: /^extension\/dist\/chat\.cjs$/, bytesLimit: 130_000 },
	{ files: /^extension\/dist\/(?:webview\.(?:js|css)|earlyComposer\.js)$/, bytesLimit: 290_000 },
];
/** Files that dependencies may consist of: programs, data, and licenses. */
const dependencyFiles =
	/^extension\/node_modules\/.+(?:\.(?:[cm]?js|json|node|so|dylib|dll|metal)|\/(?:[\w.-]*(?:licen[cs]e|notice|copying)[\w.-]*))$/i;
/** Folders that no program needs. */
const idleFolders = /\/(?:tests?|__tests__|docs?|examples?|benchmarks?|templates|\.[^/]*)\//;
/** The only file of llama.cpp's tree that node-llama-cpp reads when it is imported (3.22). Sources do not ship. */
const engineTree = "extension/node_modules/node-llama-cpp/llama/";
const engineTreeKept = `${engineTree}binariesGithubRelease.json`;

/**
 * Sizes of a valid package.
 *
 * @typedef {object} PackageFigures
 * @property {number} packedBytes
 * @property {number} unpackedBytes
 * @property {number} files
 */

/**
 * @param {string} vsixFile
 * @param {import("./packageTargets.mjs").PackageTarget} target
 * @returns {Promise<PackageFigures>}
 * @throws {Error} that names files that do not belong in it or are missing, or its excess size
 */
export async function checkPackage(vsixFile, target) {
	const entries = await readEntries(vsixFile);
	const strange = entries.map(({ name }) => name).filter((name) => !mayShip(name, target));
	if (strange.length > 0) {
		throw new Error(
			`${vsixFile} contains files that must not ship:\n${strange.slice(0, 20).join("\n")}`,
		);
	}
	const names = new Set(entries.map(({ name }) => name));
	const missing = [
		"extension/dist/extension.cjs",
		"extension/dist/chat.cjs",
		"extension/dist/inference.cjs",
		"extension/dist/download.cjs",
		"extension/dist/import.cjs",
		"extension/dist/modelSide.cjs",
		"extension/dist/onDemand.cjs",
		"extension/dist/storage.cjs",
		"extension/dist/packageHook.mjs",
		"extension/dist/webview.js",
		"extension/dist/webview.css",
		"extension/dist/earlyComposer.js",
		"extension/dist/codicon.ttf",
		"extension/dist/drawFormula.js",
		"extension/dist/highlight.js",
		"extension/dist/l10n/bundle.l10n.es.json",
		"extension/dist/l10n/page.es.json",
		"extension/package.nls.json",
		"extension/package.nls.es.json",
		...target.binaries.map(
			(name) => `extension/node_modules/@node-llama-cpp/${name}/dist/index.js`,
		),
	].filter((name) => !names.has(name));
	if (missing.length > 0) {
		throw new Error(`${vsixFile} lacks ${missing.join(", ")}`);
	}
	const heavy = tooMuchAtStart(entries);
	if (heavy.length > 0) {
		throw new Error(`${vsixFile} is slow to start: ${heavy.join("; ")}`);
	}
	const { size: packedBytes } = await stat(vsixFile);
	if (packedBytes > target.packedBytesLimit) {
		throw new Error(
			`${vsixFile} has ${packedBytes} bytes, more than its limit of ${target.packedBytesLimit}.`,
		);
	}
	const unpackedBytes = entries.reduce((total, { bytes }) => total + bytes, 0);
	return { packedBytes, unpackedBytes, files: entries.length };
}

/**
 * @param {readonly { name: string, bytes: number }[]} entries files of a VSIX, unpacked
 * @returns {readonly string[]} the groups of startup files that exceed their limit
 */
export function tooMuchAtStart(entries) {
	return startLimits.flatMap(({ files, bytesLimit }) => {
		const read = entries.filter(({ name }) => files.test(name));
		const bytes = read.reduce((total, entry) => total + entry.bytes, 0);
		const names = read.map(({ name }) => name).join(", ");
		return bytes > bytesLimit ? [`${names} have ${bytes} bytes, at most ${bytesLimit}`] : [];
	});
}

/**
 * @param {string} name of a file in a VSIX
 * @param {import("./packageTargets.mjs").PackageTarget} target
 * @returns {boolean}
 */
export function mayShip(name, target) {
	if (ownFiles.some((pattern) => pattern.test(name))) {
		return true;
	}
	const [, binaries] = /\/@node-llama-cpp\/([^/]+)\//.exec(name) ?? [];
	return (
		dependencyFiles.test(name) &&
		!idleFolders.test(name) &&
		(binaries === undefined || target.binaries.includes(binaries)) &&
		(!name.startsWith(engineTree) || name === engineTreeKept)
	);
}

/**
 * @param {string} vsixFile
 * @returns {Promise<readonly { name: string, bytes: number }[]>}
 */
async function readEntries(vsixFile) {
	const zip = await openPromise(vsixFile);
	const entries = [];
	for await (const { fileName, uncompressedSize } of zip.eachEntry()) {
		if (!fileName.endsWith("/")) {
			entries.push({ name: fileName, bytes: uncompressedSize });
		}
	}
	return entries;
}
