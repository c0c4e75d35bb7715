import assert from "node:assert/strict";
import { build } from "esbuild";

describe("the extension's bundle", () => {
	it("is small and holds nothing of the model's process or of the view", async () => {
		const { metafile, outputFiles } = await build({
			absWorkingDir: process.cwd(),
			entryPoints: ["src/extension/extension.ts"],
			bundle: true,
			minify: true,
			platform: "node",
			format: "cjs",
			target: "node20",
			external: ["vscode", "*/onDemand", "*/composeBackend", "*/storage/openChatLibrary"],
			metafile: true,
			write: false,
		});
		const strangers = Object.keys(metafile.inputs).filter((file) =>
			/node-llama-cpp|vscode-jsonrpc|^src\/(inference|webview)\//.test(file),
		);
		assert.deepEqual(strangers, []);
		assert.ok(outputFiles[0]!.contents.byteLength < 150_000);
	});
});
