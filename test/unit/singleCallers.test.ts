import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const source = path.join(process.cwd(), "src");
const files = readdirSync(source, { recursive: true, encoding: "utf8" })
	.filter((file) => file.endsWith(".ts"))
	.map((file) => ({
		name: file.replaceAll(path.sep, "/"),
		// Comments may name what only one file calls.
		code: readFileSync(path.join(source, file), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ""),
	}));

function filesWith(pattern: RegExp): string[] {
	return files.filter(({ code }) => pattern.test(code)).map(({ name }) => name);
}

describe("one place each", () => {
	it("for reading VS Code's settings: settings.ts", () => {
		assert.deepEqual(filesWith(/\bgetConfiguration\b/), ["extension/settings/settings.ts"]);
	});

	it("for reaching the host from the view: hostPort.ts", () => {
		assert.deepEqual(filesWith(/\bacquireVsCodeApi\s*\(\s*\)(?!\s*:)/), [
			"webview/state/hostPort.ts",
		]);
	});

	it("for node-llama-cpp at run time: llamaEngine.ts", () => {
		const imports = /\bimport\s*\(\s*"node-llama-cpp"|^import (?!type\b)[^;]*"node-llama-cpp"/m;
		assert.deepEqual(filesWith(imports), ["inference/llama/llamaEngine.ts"]);
	});

	it("for constructing the services: the composition", () => {
		const roots = {
			modelServices: ["SettingsStore", "RecentModels", "CrashReportView"],
			chatServices: [
				"ChatStore",
				"ChatAttachments",
				"ShownChat",
				"ContextMeter",
				"PromptPreloader",
				"TitleWriter",
				"ChatSession",
			],
			chatViews: ["EditorTracker", "ChatViewProvider", "ChatPanel"],
			deviceViews: ["ModelStatusItem", "DeviceReportView"],
			actions: ["CodeAttacher"],
			compose: ["ModelPages", "DownloadNotification", "ModelFileWatch"],
			modelSide: ["LocalLanguageModel", "LoadedModels", "ModelFetcher", "AccessTokens"],
		};
		for (const [root, services] of Object.entries(roots)) {
			for (const service of services) {
				const construction = new RegExp(`\\bnew ${service}\\b`);
				const constructing = filesWith(construction).filter((name) => !name.startsWith("webview/"));
				assert.deepEqual(constructing, [`extension/composition/${root}.ts`], service);
			}
		}
	});

	it("for VS Code's output: nothing writes to the console", () => {
		assert.deepEqual(filesWith(/\bconsole\./), []);
	});
});
