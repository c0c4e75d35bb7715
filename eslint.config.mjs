import eslint from "@eslint/js";
import prettier from "eslint-config-prettier";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/**
 * What a room never imports: a pattern, the reason that the error shows, and whether a type may be imported.
 *
 * @typedef {readonly [regex: string, message: string, allowTypeImports?: boolean]} Never
 */

/**
 * @param {readonly Never[]} rules
 * @returns {import("eslint").Linter.RulesRecord}
 */
const never = (...rules) => ({
	"no-restricted-imports": [
		"error",
		{
			patterns: rules.map(([regex, message, allowTypeImports = false]) => ({
				regex,
				message,
				allowTypeImports,
			})),
		},
	],
});
/** @type {Never} */
const node = ["^node:", "Node is not there."];
/** @type {Never} */
const vscode = ["^vscode$", "VS Code is not there."];
/** @type {Never} */
const llama = ["^node-llama-cpp", "Only src/inference/llamaEngine.ts imports node-llama-cpp."];
/** @type {(name: string) => Never} */
const room = (name) => [`/${name}(/|$)`, `This room never imports ${name} (see ARCHITECTURE.md).`];
/** @type {Never} */
const sentences = [
	"/wording(/|$)",
	"A process of ours sends values; the host and the view turn them into sentences.",
];
/** The host has folders of these names too, so the way there decides. @type {(source: string) => Never} */
const childRoomsAt = (source) => [
	`^${source.replaceAll(".", "\\.")}/(?:inference|download|import|child)/`,
	"The host talks to its processes through the protocols only.",
];

export default defineConfig(
	globalIgnores(["dist", "out", ".vscode-test", "node_modules", "test/fixtures"]),
	eslint.configs.recommended,
	{
		files: ["**/*.ts"],
		extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
		languageOptions: { parserOptions: { projectService: true } },
		rules: {
			"@typescript-eslint/switch-exhaustiveness-check": [
				"error",
				{ considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
			],
			"@typescript-eslint/no-floating-promises": "error",
			"@typescript-eslint/consistent-type-imports": "error",
			"@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
			"no-console": "error",
			eqeqeq: "error",
			// An `onDid…(…)` whose Disposable is thrown away can never be ended.
			"no-restricted-syntax": [
				"error",
				{
					selector: "ExpressionStatement > CallExpression[callee.property.name=/^onDid[A-Z]/]",
					message: "Give the subscription an owner.",
				},
				{ selector: "ExportDefaultDeclaration", message: "Use named exports." },
			],
		},
	},
	{
		files: ["src/protocol/**/*.ts"],
		rules: never(
			node,
			vscode,
			llama,
			sentences,
			...["child", "gguf", "extension", "inference", "download", "import", "webview"].map(room),
		),
	},
	{
		files: ["src/wording/**/*.ts"],
		rules: never(
			node,
			vscode,
			llama,
			...["child", "gguf", "extension", "inference", "download", "import", "webview"].map(room),
		),
	},
	{
		files: ["src/webview/**/*.ts"],
		rules: never(
			node,
			vscode,
			llama,
			room("extension"),
			room("gguf"),
			[
				"/inference(/|$)",
				"The view never imports the inference protocol: it would pull JSON-RPC in.",
			],
			["/chatIntent$", "The view imports only the type: the schema is the host's.", true],
		),
	},
	{
		files: ["src/child/**/*.ts"],
		rules: never(
			vscode,
			llama,
			sentences,
			...["extension", "gguf", "inference", "download", "import", "webview"].map(room),
		),
	},
	{
		files: ["src/gguf/**/*.ts"],
		rules: never(
			vscode,
			llama,
			sentences,
			...["child", "extension", "inference", "download", "import", "webview"].map(room),
		),
	},
	{
		files: ["src/download/**/*.ts"],
		rules: never(
			vscode,
			llama,
			sentences,
			...["extension", "gguf", "inference", "import", "webview"].map(room),
		),
	},
	{
		files: ["src/import/**/*.ts"],
		rules: never(
			vscode,
			llama,
			sentences,
			...["extension", "gguf", "inference", "download", "webview"].map(room),
		),
	},
	{
		files: ["src/inference/**/*.ts"],
		rules: never(
			vscode,
			llama,
			sentences,
			...["extension", "download", "import", "webview"].map(room),
		),
	},
	{
		files: ["src/inference/llama/**/*.ts"],
		rules: never(
			vscode,
			[llama[0], llama[1], true],
			sentences,
			room("extension"),
			room("download"),
			room("webview"),
		),
	},
	{
		files: ["src/inference/states/**/*.ts"],
		rules: never(vscode, llama, sentences, ...["extension", "download", "webview"].map(room), [
			"^\\.\\./(?!\\.\\./)",
			"Saved states are files and tokens, whatever evaluates them.",
		]),
	},
	{
		files: ["src/inference/llamaEngine.ts"],
		rules: never(vscode, sentences, room("extension"), room("download"), room("webview")),
	},
	{
		files: ["src/extension/*.ts"],
		rules: never(llama, room("webview"), childRoomsAt("..")),
	},
	{
		files: ["src/extension/*/**/*.ts"],
		rules: never(llama, room("webview"), childRoomsAt("../..")),
	},
	{
		files: ["src/extension/chat/**/*.ts", "src/extension/localModels/**/*.ts"],
		rules: never(llama, room("webview"), childRoomsAt("../.."), [vscode[0], vscode[1], true]),
	},
	{
		files: ["src/extension/conversation/**/*.ts"],
		rules: never(node, llama, vscode, room("webview"), [
			"^\\.\\./\\w+/",
			"What a conversation is depends on nobody who shows or keeps one.",
		]),
	},
	{
		files: ["src/extension/storage/**/*.ts"],
		rules: never(llama, vscode, room("webview"), [
			"^\\.\\./(?!conversation/)\\w+/",
			"The store knows conversations, not who shows them.",
		]),
	},
	{
		files: ["src/extension/exchange/**/*.ts"],
		ignores: ["src/extension/exchange/vsCodeDialogs.ts"],
		rules: never(llama, vscode, room("webview"), [
			"^\\.\\./(?:chat|storage|view|editor)/",
			"Exports and imports know conversations, not who shows or keeps them.",
		]),
	},
	{
		files: ["src/extension/view/**/*.ts", "src/extension/editor/**/*.ts"],
		rules: never(llama, room("webview"), [
			"/inference(/|$)",
			"Views and editor actions speak to chat/.",
		]),
	},
	{
		files: ["src/extension/history/**/*.ts"],
		rules: never(llama, room("webview"), [
			"^\\.\\./(?:chat|view|inference|storage)/",
			"The history speaks to the library and to who shows it.",
		]),
	},
	{
		files: ["test/**/*.ts"],
		rules: {
			// mocha's describe/it return nothing to await, and tests poke at values of other processes.
			"@typescript-eslint/no-non-null-assertion": "off",
		},
	},
	{
		files: ["**/*.mjs"],
		extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
		languageOptions: { parserOptions: { projectService: true } },
		rules: {
			// The type checker knows the globals.
			"no-undef": "off",
			// A cast in a comment is seen by the type checker, but not by these.
			"@typescript-eslint/no-unsafe-assignment": "off",
			"@typescript-eslint/no-unsafe-member-access": "off",
			"@typescript-eslint/no-unsafe-return": "off",
			"@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
		},
	},
	{
		files: ["**/*.cjs"],
		languageOptions: {
			sourceType: "commonjs",
			globals: { require: "readonly", exports: "writable" },
		},
	},
	prettier,
);
