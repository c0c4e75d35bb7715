import assert from "node:assert/strict";
import { createRequire } from "node:module";
import vm from "node:vm";
import { build } from "esbuild";
import { hostCatalog } from "../../../scripts/lib/hostCatalog.mjs";
import type * as Extension from "../../../src/extension/extension";
import { commandIds } from "../../../src/extension/commands/commands";
import { focusChatView } from "../../../src/extension/view/chatPlaces";

/** The composition's bundle, which activation loads only when the chat is needed. */
const compose = "./compose";

/** Returns the code of the bundle that VS Code activates, in which a dynamic `import()` is a `require()`. */
async function activatedCode(): Promise<string> {
	const { outputFiles } = await build({
		absWorkingDir: process.cwd(),
		entryPoints: ["src/extension/extension.ts"],
		bundle: true,
		platform: "node",
		format: "cjs",
		supported: { "dynamic-import": false },
		external: ["vscode", "*/compose"],
		plugins: [hostCatalog],
		write: false,
	});
	return outputFiles[0]!.text;
}

describe("Activation", () => {
	let code: string;
	/** What was loaded, and which calls VS Code received, in order. */
	let done: string[];
	let handlers: Map<string, () => Promise<void>>;
	let resolveView: (view: unknown) => Promise<void>;

	before(async () => {
		code = await activatedCode();
	});

	beforeEach(() => {
		done = [];
		handlers = new Map();
		const nothing = { dispose: () => undefined };
		const asked = (what: string) => {
			done.push(what);
			return nothing;
		};
		const vscode = {
			window: {
				createOutputChannel: () => asked("createOutputChannel"),
				registerWebviewViewProvider: (
					_id: string,
					provider: { resolveWebviewView: typeof resolveView },
				) => {
					resolveView = (view) => provider.resolveWebviewView(view);
					return asked("registerWebviewViewProvider");
				},
				registerWebviewPanelSerializer: () => asked("registerWebviewPanelSerializer"),
			},
			commands: {
				registerCommand: (id: string, handler: () => Promise<void>) => {
					handlers.set(id, handler);
					return asked("registerCommand");
				},
				executeCommand: (id: string) => {
					asked(id);
					return Promise.resolve();
				},
			},
		};
		const composition = {
			compose: () => ({
				view: {
					focusComposer: () => asked("focusComposer"),
					resolveWebviewView: () => asked("resolveWebviewView"),
				},
			}),
		};
		const node = createRequire(__filename);
		const load = (name: string): unknown => {
			done.push(`load ${name}`);
			return name === "vscode" ? vscode : name === compose ? composition : node(name);
		};
		const module = { exports: {} as typeof Extension };
		const run = vm.compileFunction(code, ["require", "module"]) as (
			...given: readonly unknown[]
		) => void;
		run(load, module);
		module.exports.activate({
			subscriptions: [],
			globalStorageUri: { fsPath: "" },
		} as unknown as Parameters<typeof Extension.activate>[0]);
	});

	it("only registers, and loads no module but VS Code's: none for files, none for processes", async () => {
		// By then, everything that was started without being awaited has taken its first steps.
		await new Promise(setImmediate);
		assert.deepEqual(
			[...new Set(done)],
			[
				"load vscode",
				"createOutputChannel",
				"registerWebviewViewProvider",
				"registerWebviewPanelSerializer",
				"registerCommand",
			],
		);
		assert.deepEqual([...handlers.keys()], [...commandIds]);
	});

	it("loads the chat while VS Code, which was asked first, opens its view", async () => {
		done.length = 0;
		await handlers.get("localLlm.openChat")!();
		assert.deepEqual(done, [focusChatView, `load ${compose}`, "focusComposer"]);
	});

	it("loads the chat once when VS Code opens the view on its own", async () => {
		done.length = 0;
		await resolveView({});
		await handlers.get("localLlm.openChat")!();
		assert.deepEqual(done, [
			`load ${compose}`,
			"resolveWebviewView",
			focusChatView,
			"focusComposer",
		]);
	});
});
