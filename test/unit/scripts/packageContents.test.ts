import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { mayShip, tooMuchAtStart } from "../../../scripts/lib/packageContents.mjs";
import { chooseTarget } from "../../../scripts/lib/packageTargets.mjs";
import { forUsers } from "../../../scripts/lib/stagePackage.mjs";

const target = chooseTarget("linux-x64");

describe("A package", () => {
	for (const name of [
		"package.json",
		"package.nls.json",
		"package.nls.es.json",
		"package.nls.pt-br.json",
		"dist/l10n/bundle.l10n.es.json",
		"dist/l10n/page.es.json",
		"dist/extension.cjs",
		"dist/chat.cjs",
		"dist/highlight.js",
		"dist/codicon.ttf",
		"dist/webview.css",
		"media/icon.svg",
		"node_modules/node-llama-cpp/dist/index.js",
		"node_modules/node-llama-cpp/LICENSE",
		"node_modules/node-llama-cpp/llama/binariesGithubRelease.json",
		"node_modules/@node-llama-cpp/linux-x64-vulkan/bins/linux-x64-vulkan/libggml-vulkan.so",
	]) {
		it(`may contain ${name}`, () => {
			assert.ok(mayShip(`extension/${name}`, target));
		});
	}

	for (const name of [
		"dist/extension.cjs.map",
		"src/extension/extension.ts",
		"test/fixtures/demo-model/tiny-chat.gguf",
		"media/chat.css",
		"media/notes.txt",
		"l10n/es.json",
		"dist/l10n/es.json",
		"SECURITY.md",
		"node_modules/node-llama-cpp/dist/index.js.map",
		"node_modules/node-llama-cpp/dist/index.d.ts",
		"node_modules/node-llama-cpp/llama/gitRelease.bundle",
		"node_modules/node-llama-cpp/llama/addon/addon.cpp",
		"node_modules/node-llama-cpp/llama/package.json",
		"node_modules/retry/test/integration/test-timeout.js",
		"node_modules/model.gguf",
		"node_modules/@node-llama-cpp/linux-x64-cuda/dist/index.js",
		"node_modules/@node-llama-cpp/win-x64/dist/index.js",
	]) {
		it(`never contains ${name}`, () => {
			assert.ok(!mayShip(`extension/${name}`, target));
		});
	}
});

describe("The files that a package reads at startup", () => {
	const atLimit = [
		{ name: "extension/dist/extension.cjs", bytes: 20_000 },
		{ name: "extension/dist/chat.cjs", bytes: 130_000 },
		{ name: "extension/dist/webview.js", bytes: 260_000 },
		{ name: "extension/dist/webview.css", bytes: 30_000 },
		{ name: "extension/dist/highlight.js", bytes: 90_000 },
	];

	it("may reach their limits, without code that is loaded on demand", () => {
		assert.deepEqual(tooMuchAtStart(atLimit), []);
	});

	for (const { name } of atLimit.slice(0, 4)) {
		it(`may not exceed their limits with ${name}`, () => {
			const over = atLimit.map((file) =>
				file.name === name ? { name, bytes: file.bytes + 1 } : file,
			);
			assert.equal(tooMuchAtStart(over).length, 1);
			assert.match(tooMuchAtStart(over)[0] ?? "", new RegExp(name));
		});
	}
});

describe("The package's readme", () => {
	const readme = readFileSync(path.join(process.cwd(), "README.md"), "utf8");
	const relative = /\]\((?!https?:|#)[^)]*\)|<img/g;

	it("links to nothing that does not ship", () => {
		assert.deepEqual(forUsers(readme).match(relative), null);
	});

	it("continues the repository's own readme up to how to report a vulnerability", () => {
		assert.ok(readme.match(relative)?.includes("](SECURITY.md)"));
	});
});
