import assert from "node:assert/strict";
import { build } from "esbuild";
import { hostCatalog } from "../../../scripts/lib/hostCatalog.mjs";

/** Returns the files in the bundle of `entry`, and the bundle's size. Code that is loaded on demand is not in it. */
async function bundle(entry: string): Promise<{ inputs: readonly string[]; bytes: number }> {
	const { metafile, outputFiles } = await build({
		absWorkingDir: process.cwd(),
		entryPoints: [entry],
		bundle: true,
		minify: true,
		platform: "node",
		format: "cjs",
		target: "node20",
		external: ["vscode", "*/onDemand", "*/compose", "*/modelSide", "*/openChatLibrary"],
		plugins: [hostCatalog],
		metafile: true,
		write: false,
	});
	return { inputs: Object.keys(metafile.inputs), bytes: outputFiles[0]!.contents.byteLength };
}

describe("The bundle that activation loads", () => {
	it("only registers, and contains no part of the chat", async () => {
		const { inputs, bytes } = await bundle("src/extension/extension.ts");
		const strangers = inputs.filter((file) => /node_modules|compose[^/]*\.ts|\/chat\//.test(file));
		assert.deepEqual(strangers, []);
		assert.ok(bytes < 20_000, String(bytes));
	});
});

describe("The bundle of the chat", () => {
	it("is small, and contains no part of the inference process or of the view", async () => {
		const { inputs, bytes } = await bundle("src/extension/composition/compose.ts");
		const strangers = inputs.filter((file) =>
			/node-llama-cpp|vscode-jsonrpc|^src\/(inference|webview)\//.test(file),
		);
		assert.deepEqual(strangers, []);
		assert.ok(bytes < 130_000, String(bytes));
	});
});
