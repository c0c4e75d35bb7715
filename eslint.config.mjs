import eslint from "@eslint/js";
import prettier from "eslint-config-prettier";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";
import { literalSentences } from "./scripts/lint/literalSentences.mjs";
import { noBareSentences } from "./scripts/lint/noBareSentences.mjs";
import { noCycle } from "./scripts/lint/noCycle.mjs";
import { roomImports } from "./scripts/lint/roomImports.mjs";

/**
 * @param {string} regex
 * @param {string} message
 * @param {boolean} [allowTypeImports]
 * @returns {{ rules: import("eslint").Linter.RulesRecord }}
 */
const never = (regex, message, allowTypeImports = false) => ({
	rules: {
		"no-restricted-imports": ["error", { patterns: [{ regex, message, allowTypeImports }] }],
	},
});

/** Rooms in which every sentence goes through `src/wording/localize.ts`. The others send values, not sentences. */
const localized = ["src/wording/**/*.ts", "src/extension/**/*.ts", "src/webview/**/*.ts"];
/** Files whose text is not for users, or always English. */
const englishOnly = [
	// The model reads this text, whatever the language of VS Code.
	"src/extension/prompt/**/*.ts",
	// Log lines, and marks in files.
	"src/extension/inference/describeLoad.ts",
	"src/extension/process/**/*.ts",
	"src/extension/storage/fileChat.ts",
	"src/extension/storage/files/**/*.ts",
	// Text that reports leave out: words of programs, and patterns of paths.
	"src/extension/reports/maskedLines.ts",
	"src/extension/reports/withoutPaths.ts",
	// Patterns and selectors of Markdown and HTML.
	"src/webview/markdown/inline/**/*.ts",
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
			// Without its Disposable, the subscription of an `onDid…(…)` can never end.
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
		files: ["src/**/*.ts"],
		plugins: {
			rooms: { rules: { imports: roomImports, "no-cycle": noCycle } },
			sentences: { rules: { literal: literalSentences, "no-bare": noBareSentences } },
		},
		rules: {
			// A longer one says why, behind the comment that allows it.
			"max-lines-per-function": ["error", { max: 60 }],
			"rooms/imports": "error",
			"rooms/no-cycle": "error",
			"sentences/literal": "error",
		},
	},
	{
		files: localized,
		ignores: englishOnly,
		rules: { "sentences/no-bare": "error" },
	},
	{
		files: ["src/webview/**/*.ts"],
		...never("/chatIntent$", "The view imports only the type: the schema is the host's.", true),
	},
	{
		files: ["src/inference/llama/**/*.ts"],
		ignores: ["src/inference/llama/llamaEngine.ts"],
		...never("^node-llama-cpp", "Only llamaEngine.ts loads node-llama-cpp.", true),
	},
	{
		files: ["src/extension/exchange/**/*.ts"],
		ignores: ["src/extension/exchange/vsCodeDialogs.ts"],
		...never("^vscode$", "Only vsCodeDialogs.ts speaks to VS Code here."),
	},
	{
		files: ["test/**/*.ts"],
		rules: {
			// mocha's describe and it return nothing to await, and tests read values of other processes.
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
			// The type checker understands casts in comments; these rules do not.
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
