import assert from "node:assert/strict";
import { copyFile, readFile, truncate, writeFile } from "node:fs/promises";
import { demoModelFile } from "../../../scripts/lib/paths.mjs";

/** A file that `localLlm.model` may name by mistake. */
export interface BadModel {
	readonly name: string;
	/** Matches part of the chat's message about it. */
	readonly sentence: RegExp;
	/** Creates the file. */
	readonly create: (file: string) => Promise<void>;
}

export const badModels: readonly BadModel[] = [
	{
		name: "missing",
		sentence: /missing\.gguf does not exist\. Restore it, or choose another model\./,
		create: () => Promise.resolve(),
	},
	{
		name: "no GGUF",
		sentence: /no-GGUF\.gguf is not a GGUF model, or its beginning is damaged\./,
		create: (file) => writeFile(file, "This is a letter, not a model.\n".repeat(100)),
	},
	{
		name: "truncated",
		sentence: /truncated\.gguf is incomplete: it ends after 1\.2 MB\./,
		create: async (file) => {
			await copyFile(demoModelFile, file);
			await truncate(file, 1_200_000);
		},
	},
	{
		name: "of an unknown architecture",
		sentence: /its architecture “camel” is not supported\./,
		create: async (file) => {
			const bytes = await readFile(demoModelFile);
			const key = bytes.indexOf("general.architecture");
			const value = bytes.indexOf("llama", key);
			assert.ok(key > 0 && value > key, "the demo model states its architecture");
			bytes.write("camel", value);
			await writeFile(file, bytes);
		},
	},
];
