import assert from "node:assert/strict";
import { mayShip } from "../../../scripts/lib/packageContents.mjs";
import { chooseTarget } from "../../../scripts/lib/packageTargets.mjs";

const target = chooseTarget("linux-x64");

describe("A package", () => {
	for (const name of [
		"package.json",
		"dist/extension.cjs",
		"dist/codicons/codicon.ttf",
		"media/chat.css",
		"node_modules/node-llama-cpp/dist/index.js",
		"node_modules/node-llama-cpp/LICENSE",
		"node_modules/node-llama-cpp/llama/binariesGithubRelease.json",
		"node_modules/@node-llama-cpp/linux-x64-vulkan/bins/linux-x64-vulkan/libggml-vulkan.so",
	]) {
		it(`may hold ${name}`, () => {
			assert.ok(mayShip(`extension/${name}`, target));
		});
	}

	for (const name of [
		"dist/extension.cjs.map",
		"src/extension/extension.ts",
		"test/fixtures/demo-model/tiny-chat.gguf",
		"media/notes.txt",
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
		it(`never holds ${name}`, () => {
			assert.ok(!mayShip(`extension/${name}`, target));
		});
	}
});
