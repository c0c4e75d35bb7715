// Bundles the programs of the extension and, with --tests, the tests.
//   node esbuild.mjs                 development bundles with source maps
//   node esbuild.mjs --production    minified, without source maps
//   node esbuild.mjs --watch         rebuilds on every change
//   node esbuild.mjs --into FOLDER   into FOLDER/dist
//   node esbuild.mjs --tests [tier…] the programs, and the tests of the tiers named (default: all) into out/test
import { watch } from "node:fs";
import { cp, mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import esbuild from "esbuild";
import { hostCatalog } from "./scripts/lib/hostCatalog.mjs";
import { iconSheet, viewSources } from "./scripts/lib/iconSheet.mjs";
import { translationFolder, writeTranslations } from "./scripts/lib/translations.mjs";

const root = path.dirname(fileURLToPath(import.meta.url));
const { values: flags, positionals: namedTiers } = parseArgs({
	allowPositionals: true,
	options: {
		production: { type: "boolean", default: false },
		into: { type: "string", default: "." },
		watch: { type: "boolean", default: false },
		tests: { type: "boolean", default: false },
	},
});

const extensionFolder = path.resolve(root, flags.into);
const distFolder = path.join(extensionFolder, "dist");

/** @satisfies {esbuild.BuildOptions} */
const base = {
	absWorkingDir: root,
	bundle: true,
	minify: flags.production,
	sourcemap: flags.production ? false : "linked",
	legalComments: flags.production ? "eof" : "inline",
	// At this level, watch mode reports each completed build.
	logLevel: flags.watch ? "info" : "warning",
};

/**
 * The oldest Node in use is the one that runs the tests. The extension host of the oldest supported VS Code runs Node 22.
 * @satisfies {esbuild.BuildOptions}
 */
const node = { ...base, platform: "node", format: "cjs", target: "node20" };

/** @satisfies {esbuild.BuildOptions} */
const host = { ...node, external: ["vscode"], plugins: [hostCatalog] };

/** @satisfies {esbuild.BuildOptions} */
const page = { ...base, platform: "browser", format: "esm", target: "chrome128" };

/**
 * Resolves an `import()` of on-demand code to the bundle that contains it.
 * @type {esbuild.Plugin}
 */
const loadOnDemand = {
	name: "load on demand",
	setup(build) {
		for (const [filter, bundle] of /** @type {const} */ ([
			[/\/compose$/, "chat.cjs"],
			[/\/onDemand$/, "onDemand.cjs"],
			[/\/storage\/openChatLibrary$/, "storage.cjs"],
			[/\/modelSide$/, "modelSide.cjs"],
			[/\/highlight$/, "highlight.js"],
			[/\/drawFormula$/, "drawFormula.js"],
		])) {
			build.onResolve({ filter }, ({ kind }) =>
				kind === "dynamic-import" ? { path: `./${bundle}`, external: true } : undefined,
			);
		}
	},
};

/**
 * Reduces the icons' style sheet to what the view uses.
 * @type {esbuild.Plugin}
 */
const usedIcons = {
	name: "used icons",
	setup(build) {
		build.onLoad({ filter: /[\\/]codicon\.css$/ }, async ({ path: file }) => ({
			contents: await iconSheet(file),
			watchFiles: await viewSources(),
			loader: "css",
		}));
	},
};

/** @satisfies {Record<string, esbuild.BuildOptions>} */
const programs = {
	extension: {
		...host,
		entryPoints: ["src/extension/extension.ts"],
		outfile: path.join(distFolder, "extension.cjs"),
		plugins: [hostCatalog, loadOnDemand],
	},
	chat: {
		...host,
		entryPoints: ["src/extension/composition/compose.ts"],
		outfile: path.join(distFolder, "chat.cjs"),
		plugins: [hostCatalog, loadOnDemand],
	},
	onDemand: {
		...host,
		entryPoints: ["src/extension/composition/onDemand.ts"],
		outfile: path.join(distFolder, "onDemand.cjs"),
	},
	modelSide: {
		...host,
		entryPoints: ["src/extension/composition/modelSide.ts"],
		outfile: path.join(distFolder, "modelSide.cjs"),
	},
	storage: {
		...host,
		entryPoints: ["src/extension/storage/openChatLibrary.ts"],
		outfile: path.join(distFolder, "storage.cjs"),
	},
	// CommonJS, because vscode-jsonrpc is. node-llama-cpp is an ES module with its own file tree. It stays outside, behind
	// a real `import()`.
	inference: {
		...node,
		entryPoints: ["src/inference/main.ts"],
		outfile: path.join(distFolder, "inference.cjs"),
		external: ["node-llama-cpp"],
	},
	// Node loads module hooks only as ES modules.
	packageHook: {
		...node,
		format: "esm",
		entryPoints: ["src/inference/packages/packageHook.ts"],
		outfile: path.join(distFolder, "packageHook.mjs"),
	},
	download: {
		...node,
		entryPoints: ["src/download/main.ts"],
		outfile: path.join(distFolder, "download.cjs"),
	},
	import: {
		...node,
		entryPoints: ["src/import/main.ts"],
		outfile: path.join(distFolder, "import.cjs"),
	},
	webview: {
		...page,
		entryPoints: ["src/webview/main.ts"],
		outfile: path.join(distFolder, "webview.js"),
		plugins: [loadOnDemand],
	},
	// Part of the page itself and not a module, so that it runs while the page is parsed.
	earlyComposer: {
		...page,
		format: "iife",
		sourcemap: false,
		entryPoints: ["src/webview/start/earlyComposer.ts"],
		outfile: path.join(distFolder, "earlyComposer.js"),
	},
	style: {
		...page,
		entryPoints: ["media/webview.css"],
		outfile: path.join(distFolder, "webview.css"),
		plugins: [usedIcons],
	},
	drawFormula: {
		...page,
		entryPoints: ["src/webview/markdown/formula/drawFormula.ts"],
		outfile: path.join(distFolder, "drawFormula.js"),
	},
	highlight: {
		...page,
		entryPoints: ["src/webview/markdown/code/highlight.ts"],
		outfile: path.join(distFolder, "highlight.js"),
	},
};

/**
 * @param {readonly string[]} tiers folders of test/
 * @returns {Promise<esbuild.BuildOptions>}
 */
async function testBundles(tiers) {
	const entryPoints = [];
	for (const tier of tiers) {
		await rm(path.join(root, "out/test", tier), { recursive: true, force: true });
		const files = await readdir(path.join(root, "test", tier), {
			recursive: true,
			encoding: "utf8",
		});
		entryPoints.push(
			...files
				.filter((file) => /\.(test|entry)\.ts$/.test(file))
				.map((file) => `test/${tier}/${file}`),
		);
	}
	return {
		...node,
		entryPoints,
		outbase: "test",
		outdir: "out/test",
		outExtension: { ".js": ".cjs" },
		sourcemap: "inline",
		minify: false,
		external: [
			"vscode",
			"node-llama-cpp",
			"mocha",
			"playwright-core",
			"@vscode/vsce",
			"yauzl",
			"tar",
			"happy-dom",
			"@happy-dom/*",
			"esbuild",
			"typescript",
			"eslint",
			"typescript-eslint",
		],
	};
}

/** @returns {Promise<readonly string[]>} the folders of test/ that contain code */
async function allTiers() {
	const entries = await readdir(path.join(root, "test"), { withFileTypes: true });
	return entries
		.filter((entry) => entry.isDirectory() && entry.name !== "fixtures")
		.map(({ name }) => name);
}

/** Copies VS Code's icon font from its package. */
async function copyIconFont() {
	await mkdir(distFolder, { recursive: true });
	await cp(
		path.join(root, "node_modules/@vscode/codicons/dist/codicon.ttf"),
		path.join(distFolder, "codicon.ttf"),
	);
}

await copyIconFont();
await writeTranslations(extensionFolder);
/** @type {esbuild.BuildOptions[]} */
const bundles = Object.values(programs);
if (flags.tests) {
	const tiers = namedTiers.length > 0 ? ["support", ...namedTiers] : await allTiers();
	bundles.push(await testBundles(tiers));
}
if (flags.watch) {
	let written = Promise.resolve();
	watch(translationFolder, () => {
		// One change triggers several events, and a file may be half written.
		written = written
			.then(() => writeTranslations(extensionFolder))
			.catch((/** @type {unknown} */ error) => {
				process.stderr.write(`l10n: ${String(error)}\n`);
			});
	});
	for (const options of bundles) {
		await (await esbuild.context(options)).watch();
	}
} else {
	const results = await Promise.allSettled(bundles.map((options) => esbuild.build(options)));
	// esbuild has already printed the errors.
	process.exitCode = results.every(({ status }) => status === "fulfilled") ? 0 : 1;
}
