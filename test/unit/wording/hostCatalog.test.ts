import assert from "node:assert/strict";
import vm from "node:vm";
import { build } from "esbuild";
import { hostCatalog } from "../../../scripts/lib/hostCatalog.mjs";
import type * as Localize from "../../../src/wording/localize";

/** What the host's bundles ask of VS Code. */
interface Code {
	readonly env: { readonly language: string };
	readonly l10n: {
		readonly bundle: Readonly<Record<string, string>> | undefined;
		readonly t: (message: string, ...values: readonly string[]) => string;
	};
}

describe("The sentences of a bundle of the host", () => {
	let code: string;

	before(async () => {
		const { outputFiles, metafile } = await build({
			absWorkingDir: process.cwd(),
			entryPoints: ["src/wording/localize.ts"],
			bundle: true,
			platform: "node",
			format: "cjs",
			external: ["vscode"],
			plugins: [hostCatalog],
			metafile: true,
			write: false,
		});
		assert.ok(Object.keys(metafile.inputs).every((file) => !file.includes("node_modules")));
		code = outputFiles[0]!.text;
	});

	/** @returns the functions in a VS Code of this language, which has loaded this translation. */
	function inCode(language: string, bundle: Code["l10n"]["bundle"]): typeof Localize {
		const vscode: Code = {
			env: { language },
			l10n: {
				bundle,
				t: (message, ...values) =>
					(bundle?.[message] ?? message).replace(/\{(\d)\}/g, (name, at: string) =>
						values.length === 0 ? name : (values[Number(at)] ?? name),
					),
			},
		};
		const module = { exports: {} as typeof Localize };
		const run = vm.compileFunction(code, ["require", "module"]) as (
			...given: readonly unknown[]
		) => void;
		run(() => vscode, module);
		return module.exports;
	}

	it("are those that VS Code has loaded, in its language", () => {
		const { displayLanguage, plural, t } = inCode("es", {
			"Stop {0}": "Detener {0}",
			"{0} chats": "{0} charlas",
			"{0} chats#one": "{0} charla",
		});
		assert.equal(displayLanguage(), "es");
		assert.equal(t("Stop {0}", "x"), "Detener x");
		assert.deepEqual(
			[1, 12345].map((count) => plural(count, "{0} chat", "{0} chats")),
			["1 charla", "12.345 charlas"],
		);
	});

	it("are English, with English numbers, where there is no translation", () => {
		const { displayLanguage, plural } = inCode("de", undefined);
		assert.equal(displayLanguage(), "en");
		assert.equal(plural(1234, "{0} chat", "{0} chats"), "1,234 chats");
	});
});
