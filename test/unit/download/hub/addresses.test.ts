import assert from "node:assert/strict";
import path from "node:path";
import { chooseModel } from "../../../../src/download/hub/chooseModel";
import { findGgufModels } from "../../../../src/download/hub/ggufModels";
import { type GgufFileSet, type NamedFile } from "../../../../src/download/hub/ggufFileSet";
import { labelsOf } from "../../../../src/download/hub/quantizationLabels";
import { localPlace, parseModelAddress } from "../../../../src/download/hub/modelAddress";

describe("an address of a model", () => {
	const hub = (uri: string) => {
		const address = parseModelAddress(uri);
		assert.equal(address?.kind, "hub", uri);
		return address;
	};

	it("names a repository, with or without a quantization", () => {
		const { owner, repository, quantization } = hub("hf:bartowski/Llama-3.2-GGUF:Q4_K_M");
		assert.deepEqual([owner, repository, quantization], ["bartowski", "Llama-3.2-GGUF", "Q4_K_M"]);
		assert.equal(hub("hf:a/b").quantization, undefined);
		assert.equal(hub("hf:a/b:latest").quantization, undefined);
	});

	it("names a file, on any branch", () => {
		assert.equal(hub("hf:a/b/sub/c.gguf").file, "sub/c.gguf");
		assert.equal(hub("hf:a/b/sub/c.gguf#v2").revision, "v2");
		const page = hub("https://huggingface.co/a/b/blob/main/sub/c%20d.gguf?download=true");
		assert.deepEqual([page.owner, page.repository, page.file], ["a", "b", "sub/c d.gguf"]);
	});

	it("may be of any host", () => {
		const url = "https://models.example:8443/x/tiny.gguf?a=b";
		assert.deepEqual(parseModelAddress(url), { kind: "web", url });
	});

	it("leads nowhere else on this machine, whatever it says", () => {
		for (const uri of [
			"hf:../b/c.gguf",
			"hf:a/../c.gguf",
			"hf:a/b/../../c.gguf",
			"hf:a/b/",
			"hf:.a/b",
			"hf:a/b:Q4/c.gguf",
		]) {
			assert.equal(parseModelAddress(uri), undefined, uri);
		}
		for (const uri of [
			"https://models.example/..%2f..%2fetc%2fpasswd.gguf",
			"https://models.example/%2e%2e/c:%5cx.gguf",
			"hf:a/b/c%2f..%2fd.gguf",
			"hf:a/b/c.gguf#../../x",
		]) {
			const { folder, fileName } = localPlace(parseModelAddress(uri)!);
			const place = path.join("/models", folder, fileName ?? "");
			assert.ok(place.startsWith("/models/"), place);
			assert.ok(!/\.\.|[:\\%]/.test(place), place);
		}
	});

	it("has the same place whichever mirror it comes from, and its own for each branch and host", () => {
		const places = [
			"hf:a/b/c.gguf",
			"hf:a/b/c.gguf#v2",
			"https://one.example/c.gguf",
			"https://two.example/c.gguf",
			"https://two.example/d/c.gguf",
		].map((uri) => JSON.stringify(localPlace(parseModelAddress(uri)!)));
		assert.equal(new Set(places).size, places.length);
		assert.deepEqual(
			localPlace(hub("https://huggingface.co/a/b/resolve/main/c.gguf")),
			localPlace(hub("hf:a/b/c.gguf")),
		);
	});
});

describe("models among files", () => {
	const found = (...names: string[]) => findGgufModels(names.map((name) => ({ name })));
	const sized = (files: Readonly<Record<string, number>>) =>
		findGgufModels(
			Object.entries(files).map(([name, gigabytes]) => ({ name, bytes: gigabytes * 1e9 })),
		);
	const first = (model: GgufFileSet<NamedFile> | undefined) => model?.parts[0]?.name;
	const names = (models: readonly GgufFileSet<NamedFile>[]) => models.map(first);
	const chosen = (
		models: readonly GgufFileSet<NamedFile>[],
		quantization?: string,
		repository = "m-GGUF",
		memoryBytes = 1e12,
	) => first(chooseModel(models, { quantization, repository, memoryBytes }));
	const quantizationOf = (name: string) => found(name)[0]?.quantization;

	it("are known by the ways in which quantizations are written", () => {
		assert.equal(quantizationOf("Llama-3.2-3B-Instruct-Q4_K_M.gguf"), "Q4_K_M");
		assert.equal(quantizationOf("qwen2.5-coder-7b-instruct-q4_k_m.gguf"), "Q4_K_M");
		assert.equal(quantizationOf("tiny-chat.Q8_0.gguf"), "Q8_0");
		assert.equal(quantizationOf("UD/Model-IQ2_XXS.gguf"), "IQ2_XXS");
		assert.equal(quantizationOf("gpt-mxfp4.gguf"), "MXFP4");
		assert.equal(quantizationOf("big-BF16-00001-of-00001.gguf"), "BF16");
		assert.equal(quantizationOf("BF16/big-00001-of-00001.gguf"), "BF16");
		assert.equal(quantizationOf("big.i1-IQ3_M.gguf"), "I1-IQ3_M");
		assert.equal(quantizationOf("plain.gguf"), undefined);
	});

	it("are whole", () => {
		assert.deepEqual(found("a-00001-of-00002.gguf"), []);
		const [model] = found("a-00002-of-00002.gguf", "a-00001-of-00002.gguf");
		assert.deepEqual(
			model?.parts.map(({ name }) => name),
			["a-00001-of-00002.gguf", "a-00002-of-00002.gguf"],
		);
	});

	for (const other of [
		"mmproj-F16.gguf",
		"mmproj-model-Q8_0.gguf",
		"m.mmproj-f16.gguf",
		"m-imatrix.gguf",
		"imatrix_unsloth.gguf",
		"mtp-m-Q4_0.gguf",
		"eagle3-m-Q8_0.gguf",
		"dflash-m-BF16.gguf",
		"sub/dspark-m-Q8_0.gguf",
		"m-lora-f16.gguf",
		"lora-m.gguf",
		"m-mtp-Q4_K_M.gguf",
		"m-eagle-Q4_K_M.gguf",
		"m-assistant-Q4_K_M.gguf",
		"bge-small-en-v1.5-Q4_K_M.gguf",
		"m-embedding-Q4_K_M.gguf",
		"m-reranker-v2-Q4_K_M.gguf",
		"ggml-vocab-m.gguf",
	]) {
		it(`are not ${other}, which is beside one`, () => {
			const models = sized({ [other]: 0.4, "m-Q4_K_M.gguf": 4 });
			assert.deepEqual(names(models), ["m-Q4_K_M.gguf"]);
		});
	}

	for (const name of [
		"Qwen-mtp-merged-chat-Q4_K_M.gguf",
		"Qwen3.8-27B-MTP-Q4_K_M.gguf",
		"Eagle-7B-Chat-Q4_K_M.gguf",
		"guanaco-qlora-Q4_K_M.gguf",
		"My-Assistant-8B-Q4_K_M.gguf",
		"Model-imatrix-Q4_K_M.gguf",
		"Draft-Writer-Q4_K_M.gguf",
		"Embedded-C-Coder-Q4_K_M.gguf",
		"Robert-Chat-Q4_K_M.gguf",
	]) {
		it(`are ${name}, of their usual size, beside others`, () => {
			const models = sized({ [name]: 4, "Model-Q4_K_M.gguf": 4.2, "Model-Q8_0.gguf": 8 });
			assert.ok(names(models).includes(name));
		});
	}

	it("are all listed if their names speak against all; their headers are read later", () => {
		assert.deepEqual(names(found("nomic-embed-text-v1.5.Q4_K_M.gguf")), [
			"nomic-embed-text-v1.5.Q4_K_M.gguf",
		]);
	});

	it("are chosen by quantization, in any case", () => {
		const models = found("m-Q2_K.gguf", "m-Q8_0.gguf", "m-Q4_K_M.gguf", "m-UD-Q4_K_XL.gguf");
		assert.equal(chosen(models, "q8_0"), "m-Q8_0.gguf");
		assert.equal(chosen(models, "UD-Q4_K_XL"), "m-UD-Q4_K_XL.gguf");
		assert.equal(chosen(models, "Q6_K"), undefined);
	});

	it("are chosen by a whole quantization only", () => {
		const models = found("m-I-Quality.gguf", "m-I-Compact.gguf", "m-Q4_K_M.gguf", "m-IQ4_0.gguf");
		for (const part of [
			"Quality",
			"K_M",
			"4_K_M",
			"M",
			"0",
			"Q4_0",
			"Q4",
			"Q4_K",
			"I",
			"m-Q4_K_M",
		]) {
			assert.equal(chosen(models, part), undefined, part);
		}
		assert.equal(chosen(models, "i-quality"), "m-I-Quality.gguf");
		const both = found("m-I-Quality.gguf", "m-Quality.gguf");
		assert.equal(chosen(both, "Quality"), "m-Quality.gguf");
		assert.equal(chosen(found("m-I-Quality.gguf"), "Quality"), undefined);
		assert.equal(chosen(found("bar-I-Quality.gguf"), "Quality"), undefined);
		assert.equal(chosen(found("bar-I-Quality.gguf"), "I-Quality"), "bar-I-Quality.gguf");
		assert.deepEqual(labelsOf(models, "m-GGUF"), ["I-COMPACT", "I-QUALITY", "IQ4_0", "Q4_K_M"]);
	});

	it("are chosen with what publishers put before a quantization, or without where no other has it so", () => {
		const models = found("m-UD-Q4_K_XL.gguf", "m-Q4_K_XL.gguf", "m-UD-Q2_K_XL.gguf");
		assert.equal(chosen(models, "Q4_K_XL"), "m-Q4_K_XL.gguf");
		assert.equal(chosen(models, "Q2_K_XL"), "m-UD-Q2_K_XL.gguf");
		assert.equal(chosen(found("m.i1-Q4_K_M.gguf"), "Q4_K_M"), "m.i1-Q4_K_M.gguf");
	});

	it("are the plain one where several have the quantization", () => {
		const models = found("m-mtp-Q4_K_M.gguf", "m-Q4_K_M.gguf", "m-vision-Q4_K_M.gguf");
		assert.equal(chosen(models, "Q4_K_M"), "m-Q4_K_M.gguf");
	});

	it("are of the best balance where no quantization is named", () => {
		assert.equal(chosen(found("m-Q2_K.gguf", "m-Q8_0.gguf", "m-Q4_K_M.gguf")), "m-Q4_K_M.gguf");
		assert.equal(chosen(found("x-Q2_K.gguf")), "x-Q2_K.gguf");
	});

	it("are the nearest to 4.5 bits where none is of the usual ones, and not as they were trained", () => {
		for (const [expected, ...files] of [
			["m-UD-Q4_K_XL.gguf", "m-Q8_0.gguf", "BF16/m-BF16.gguf", "m-UD-Q4_K_XL.gguf"],
			["m-Q3_K_L.gguf", "BF16/m-BF16.gguf", "m-Q3_K_L.gguf", "m-Q2_K.gguf"],
			["m-Q8_0.gguf", "m-F16.gguf", "m-F32.gguf", "m-Q8_0.gguf"],
			["m-mxfp4.gguf", "m-F16.gguf", "m-mxfp4.gguf"],
			["F16/m.gguf", "F16/m.gguf"],
		]) {
			assert.equal(chosen(found(...files)), expected);
		}
		const unknown = { "m-I-Mini.gguf": 9, "m-I-Quality.gguf": 22, "m-I-Compact.gguf": 15 };
		assert.equal(chosen(sized({ ...unknown, "BF16/m-1.gguf": 54 })), "m-I-Compact.gguf");
		assert.equal(chosen(sized(unknown), undefined, "Qwen3.8-27B-GGUF"), "m-I-Compact.gguf");
		assert.equal(chosen(sized(unknown)), "m-I-Compact.gguf");
	});

	it("fit the machine where one does, and are the smallest where none does", () => {
		const models = sized({
			"m-Q4_K_M.gguf": 40,
			"m-Q3_K_M.gguf": 32,
			"m-Q2_K.gguf": 24,
			"m-IQ1_S.gguf": 14,
		});
		const within = (gigabytes: number) => chosen(models, undefined, "m", gigabytes * 1e9);
		assert.equal(within(64), "m-Q4_K_M.gguf");
		assert.equal(within(36), "m-Q3_K_M.gguf");
		assert.equal(within(25), "m-Q2_K.gguf");
		assert.equal(within(8), "m-IQ1_S.gguf");
	});
});
