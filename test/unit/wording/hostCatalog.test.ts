import assert from "node:assert/strict";
import vm from "node:vm";
import { build } from "esbuild";
import { hostCatalog } from "../../../scripts/lib/hostCatalog.mjs";
import type * as Localize from "../../../src/wording/localize";

/** The part of VS Code that the host's bundles use. */
interface Code {
	readonly env: { readonly language: string };
	readonly l10n: {
		readonly bundle: Readonly<Record<string, string>> | undefined;
		readonly t: (message: string, ...values: readonly string[]) => string;
	};
}

describe("The sentences of a host bundle", () => {
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

	/** Returns the functions as they work in a VS Code of this language with this translation loaded. */
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

	it("come from the translation that VS Code has loaded", () => {
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

	it("are English, with English numbers, if there is no translation", () => {
		const { displayLanguage, plural } = inCode("de", undefined);
		assert.equal(displayLanguage(), "en");
		assert.equal(plural(1234, "{0} chat", "{0} chats"), "1,234 chats");
	});
});
