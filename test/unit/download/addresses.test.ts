import assert from "node:assert/strict";
import path from "node:path";
import { chooseModel, findGgufModels } from "../../../src/download/ggufModels";
import { localPlace, parseModelAddress } from "../../../src/download/modelAddress";

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
	const quantizationOf = (name: string) => found(name)[0]?.quantization;

	it("are known by the ways in which quantizations are written", () => {
		assert.equal(quantizationOf("Llama-3.2-3B-Instruct-Q4_K_M.gguf"), "Q4_K_M");
		assert.equal(quantizationOf("qwen2.5-coder-7b-instruct-q4_k_m.gguf"), "Q4_K_M");
		assert.equal(quantizationOf("tiny-chat.Q8_0.gguf"), "Q8_0");
		assert.equal(quantizationOf("UD/Model-IQ2_XXS.gguf"), "IQ2_XXS");
		assert.equal(quantizationOf("gpt-mxfp4.gguf"), "MXFP4");
		assert.equal(quantizationOf("big-BF16-00001-of-00001.gguf"), "BF16");
		assert.equal(quantizationOf("plain.gguf"), undefined);
	});

	it("are whole, and neither eyes nor statistics", () => {
		assert.deepEqual(found("mmproj-F16.gguf", "model-imatrix.gguf", "readme.md"), []);
		assert.deepEqual(found("a-00001-of-00002.gguf"), []);
		const [model] = found("a-00002-of-00002.gguf", "a-00001-of-00002.gguf");
		assert.deepEqual(
			model?.parts.map(({ name }) => name),
			["a-00001-of-00002.gguf", "a-00002-of-00002.gguf"],
		);
	});

	it("are chosen by quantization in any case, or the best balance where none is named", () => {
		const models = found("m-Q2_K.gguf", "m-Q8_0.gguf", "m-Q4_K_M.gguf", "m-UD-Q4_K_XL.gguf");
		const name = (quantization?: string) => chooseModel(models, quantization)?.parts[0]?.name;
		assert.equal(name("q8_0"), "m-Q8_0.gguf");
		assert.equal(name("UD-Q4_K_XL"), "m-UD-Q4_K_XL.gguf");
		assert.equal(name(), "m-Q4_K_M.gguf");
		assert.equal(name("Q6_K"), undefined);
		assert.equal(chooseModel(found("x-Q2_K.gguf"), undefined)?.parts[0]?.name, "x-Q2_K.gguf");
	});
});
