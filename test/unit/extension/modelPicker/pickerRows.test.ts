import assert from "node:assert/strict";
import type { LocalModel } from "../../../../src/extension/localModels/localModel";
import { catalogue } from "../../../../src/extension/modelPicker/catalogue";
import type { ModelInfo } from "../../../../src/protocol/inference/model";
import {
	pickerRows,
	type PickerContents,
	type PickerRow,
} from "../../../../src/extension/modelPicker/pickerRows";

const smallest = catalogue.find(({ name }) => name === "Llama 3.2 1B Instruct")!;

const contents: PickerContents = {
	local: [],
	catalogue: [smallest],
	current: "",
	currentName: "No model",
	loaded: undefined,
	inspected: undefined,
	defaultModel: smallest.address,
	recent: [],
	nameOf: () => undefined,
	memory: { ramBytes: 8e9, gpuBytes: undefined },
	contextTokens: 8192,
};

const ollama: LocalModel = {
	store: "ollama",
	name: "llama3.2:3b",
	path: "/home/me/.ollama/models/blobs/sha256-0123",
	parts: ["/home/me/.ollama/models/blobs/sha256-0123"],
	fileBytes: 2_000_000_000,
	quantization: undefined,
};
const own: LocalModel = {
	store: "ours",
	name: "Another-Q4_K_M",
	path: "/storage/models/Another-Q4_K_M.gguf",
	parts: ["/storage/models/Another-Q4_K_M.gguf"],
	fileBytes: 640_000_000,
	quantization: "Q4_K_M",
};

/** Returns the text of the rows in one section. */
function section(rows: readonly PickerRow[], heading: string): string[] {
	const start = rows.findIndex(({ kind, label }) => kind === "heading" && label === heading);
	const end = rows.findIndex(({ kind }, index) => index > start && kind === "heading");
	return start < 0
		? []
		: rows
				.slice(start + 1, end < 0 ? undefined : end)
				.map((row) =>
					row.kind === "heading" ? "" : [row.label, row.description, row.detail].join(" | "),
				);
}

describe("the list of models", () => {
	it("begins with the model in use, under its usual name, and lists it only there", () => {
		const current = { ...contents, current: smallest.address, currentName: smallest.name };
		const rows = pickerRows({ ...current, local: [own], recent: [smallest.address] });
		assert.equal(rows[0]?.label, "In use");
		assert.deepEqual(section(rows, "In use"), [
			`Llama 3.2 1B Instruct | Default · 808 MB | Trained for a context of 131,072 tokens · ${smallest.address}`,
		]);
		assert.deepEqual(section(rows, "Catalog"), []);
		assert.deepEqual(section(rows, "Recently used"), []);
	});

	it("shows the size, context, and file of the loaded model, even if the setting is an address", () => {
		const loaded: ModelInfo = {
			name: "Another",
			path: own.path,
			fileBytes: own.fileBytes,
			architecture: "llama",
			contextTokens: 8192,
			trainedContextTokens: 131_072,
			contextBytesPerToken: undefined,
			memoryBytes: { ram: own.fileBytes, gpu: 0 },
			device: { kind: "cpu", threads: 1 },
			deviceReasons: [],
			thinking: { kind: "none" },
			templateStandIn: undefined,
		};
		const [, row] = pickerRows({
			...contents,
			local: [own],
			current: "hf:maker/another-GGUF:Q4_K_M",
			currentName: "Another",
			loaded,
		});
		assert.ok(row?.kind === "current");
		assert.equal(row.description, "Downloaded here · 640 MB · Q4_K_M");
		assert.equal(
			row.detail,
			"Context of 8,192 tokens, trained for 131,072 · hf:maker/another-GGUF:Q4_K_M",
		);
		assert.equal(row.file, own.path);
		assert.equal(row.local, own);
	});

	it("lists the models on this machine with their store, size, and quantization", () => {
		const rows = pickerRows({ ...contents, local: [ollama, own] });
		assert.equal(rows[0]?.label, "On this machine");
		assert.deepEqual(section(rows, "On this machine"), [
			"Another-Q4_K_M | Downloaded here · 640 MB · Q4_K_M | /storage/models/Another-Q4_K_M.gguf",
			"llama3.2:3b | Ollama · 2.0 GB | /home/me/.ollama/models/blobs/sha256-0123",
		]);
	});

	it("shows the size, license, purpose, and fit of each model in the catalog", () => {
		assert.deepEqual(section(pickerRows(contents), "Catalog"), [
			"Llama 3.2 1B Instruct | Default · 808 MB · Llama 3.2 Community License | Quick, short answers on any machine · CPU only, about 1.1 GB of memory",
		]);
	});

	it("estimates the fit with the configured context, up to the trained context", () => {
		const fitWith = (contextTokens: number): string | undefined =>
			/about (.*) of memory/.exec(
				section(pickerRows({ ...contents, contextTokens }), "Catalog")[0]!,
			)?.[1];
		assert.equal(fitWith(0), "824 MB");
		assert.equal(fitWith(131_072), "5.1 GB");
		assert.equal(fitWith(1_048_576), "5.1 GB");
	});

	it("lists recently used models that no other section lists, under their old names", () => {
		const rows = pickerRows({
			...contents,
			local: [own],
			current: "/models/tiny.gguf",
			currentName: "tiny",
			recent: [
				"/models/tiny.gguf",
				ollama.path,
				own.path,
				smallest.address,
				"hf:maker/model-GGUF:Q8_0",
			],
			nameOf: (model) => (model === ollama.path ? ollama.name : undefined),
		});
		assert.deepEqual(section(rows, "Recently used"), [
			`llama3.2:3b |  | ${ollama.path}`,
			"model Q8_0 |  | hf:maker/model-GGUF:Q8_0",
		]);
	});

	it("ends with a file, a search, and an address, and omits empty sections", () => {
		const rows = pickerRows(contents);
		assert.deepEqual(
			rows.map(({ label }) => label),
			[
				"Catalog",
				"Llama 3.2 1B Instruct",
				"Other models",
				"Choose a .gguf file…",
				"Search Hugging Face…",
				"Enter a Hugging Face model…",
			],
		);
	});

	it("lists nothing for an empty setting", () => {
		assert.deepEqual(section(pickerRows({ ...contents, current: "" }), "Recently used"), []);
	});
});
