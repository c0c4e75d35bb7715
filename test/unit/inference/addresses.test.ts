import assert from "node:assert/strict";
import { findModelSource, modelDisplayName } from "../../../src/extension/inference/modelFiles";
import {
	fetchedVariants,
	huggingFaceEndpoint,
	parseModelAddress,
} from "../../../src/inference/modelAddress";
import { parseModelSource } from "../../../src/protocol/modelSource";

const endpoint = "https://huggingface.co/";

describe("a value of the model setting", () => {
	for (const path of [
		"/models/a.gguf",
		"C:\\models\\a.gguf",
		"d:/models/a.gguf",
		"\\\\nas\\a.gguf",
	]) {
		it(`may be the path ${path}`, () => {
			assert.deepEqual(parseModelSource(` ${path} `), { kind: "file", path });
		});
	}
	for (const uri of [
		"hf:bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M",
		"hf:user/model",
		"hf:user/model/folder/file.gguf#branch",
		"https://models.example/a.gguf",
		"http://localhost:8080/a.gguf",
		"http://127.0.0.1/a.gguf",
		"http://[::1]:81/a.gguf",
	]) {
		it(`may be the address ${uri}`, () => {
			assert.deepEqual(parseModelSource(uri), { kind: "address", uri });
		});
	}
	for (const value of [
		"llama",
		"models/a.gguf",
		"hf:user",
		"hf:/model",
		"http://models.example/a.gguf",
		"http://localhost@models.example/a.gguf",
		"http://127.0.0.1.models.example/a.gguf",
		"ftp://models.example/a.gguf",
		"https://",
		"file:///a.gguf",
		"hf:user/model:..\\..\\a",
	]) {
		it(`may not be ${value}`, () => {
			assert.equal(parseModelSource(value), undefined);
			assert.deepEqual(findModelSource(value), { kind: "modelSettingInvalid", value });
		});
	}
	it("may be nothing yet", () => {
		assert.deepEqual(findModelSource(" "), { kind: "modelNotChosen" });
	});
});

describe("the name of a model that is not loaded", () => {
	for (const [setting, name] of [
		["hf:bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M", "Llama-3.2-3B-Instruct Q4_K_M"],
		["hf:user/model", "model"],
		["hf:user/model/deep/file-Q8_0.gguf#branch", "file-Q8_0"],
		["/home/someone/tiny-chat.gguf", "tiny-chat"],
		["C:\\models\\tiny-chat.gguf", "tiny-chat"],
		["https://models.example/a/qwen.gguf?download=true", "qwen"],
		[
			`/home/me/.ollama/models/blobs/sha256-${"0123456789abcdef".repeat(4)}`,
			"Ollama model 0123456789ab",
		],
		["", "No model"],
	] as const) {
		it(`of “${setting}” is “${name}”`, () => {
			assert.equal(modelDisplayName(setting), name);
		});
	}

	it("is the one that it was chosen by, if there is one", () => {
		assert.equal(modelDisplayName("/blobs/sha256-01", "llama3.2:3b"), "llama3.2:3b");
	});
});

describe("an address of a model", () => {
	it("is probed at its manifest when the repository names the file", () => {
		assert.deepEqual(parseModelAddress("hf:user/model-GGUF:Q4_K_M", endpoint), {
			uri: "hf:user/model-GGUF:Q4_K_M",
			host: "huggingface.co",
			probeUrl: "https://huggingface.co/v2/user/model-GGUF/manifests/Q4_K_M",
			fileName: undefined,
		});
	});

	it("is probed at the file when it names one", () => {
		assert.equal(
			parseModelAddress("hf:user/model/deep/a b.gguf#dev", endpoint)?.probeUrl,
			undefined,
		);
		assert.equal(
			parseModelAddress("hf:user/model/deep/a%b.gguf#dev", endpoint)?.probeUrl,
			"https://huggingface.co/user/model/resolve/dev/deep/a%25b.gguf",
		);
	});

	it("gets a file name that tells servers apart", () => {
		const name = (uri: string): string | undefined => parseModelAddress(uri, endpoint)?.fileName;
		assert.equal(name("https://a.example/m/x.gguf?download=true"), "a.example_m_x.gguf");
		assert.notEqual(name("https://a.example/x.gguf"), name("https://b.example/x.gguf"));
		assert.equal(name("https://a.example/../../x.gguf"), "a.example_x.gguf");
	});

	it("may hold a percent sign that escapes nothing", () => {
		const address = parseModelAddress("https://a.example/100%zz.gguf", endpoint);
		assert.equal(address?.fileName, "a.example_100_zz.gguf");
	});

	it("is none if no server can have it", () => {
		for (const uri of ["https://a.example:99999/x.gguf", "http://127.999.0.1/x.gguf"]) {
			assert.equal(parseModelAddress(uri, endpoint), undefined);
		}
	});

	it("goes to the mirror that the environment names", () => {
		assert.equal(huggingFaceEndpoint({}), endpoint);
		assert.equal(huggingFaceEndpoint({ HF_ENDPOINT: "https://m.example" }), "https://m.example/");
		assert.equal(huggingFaceEndpoint({ HF_ENDPOINT: "nonsense" }), endpoint);
		const mirrored = parseModelAddress("hf:user/model", "https://m.example/");
		assert.equal(mirrored?.host, "m.example");
	});
});

describe("an address without a quantization", () => {
	const fetched = [
		"hf_user_Model.Q8_0.gguf",
		"hf_user_Model.BF16-00001-of-00002.gguf",
		"hf_user_Model.BF16-00002-of-00002.gguf",
		"hf_user_Model.Q6_K.gguf.ipull",
		"hf_user_Model-Instruct.Q4_0.gguf",
		"hf_other_Model.Q4_0.gguf",
		"hf_user_plain_plain.Q5_0.gguf",
	];

	it("is content with any that was fetched of its repository", () => {
		const variants = ["hf:user/Model-GGUF:BF16", "hf:user/Model-GGUF:Q8_0"];
		assert.deepEqual(fetchedVariants("hf:user/Model-GGUF", fetched), variants);
		assert.deepEqual(fetchedVariants("hf:user/Model-GGUF:latest", fetched), variants);
		assert.deepEqual(fetchedVariants("hf:user/plain", fetched), ["hf:user/plain:Q5_0"]);
	});

	it("is another than one with a quantization, a file, or an address of the web", () => {
		for (const uri of [
			"hf:user/Model-GGUF:Q4_K_M",
			"hf:user/Model-GGUF/Model.Q4_K_M.gguf",
			"https://models.example/hf_user_Model.gguf",
		]) {
			assert.deepEqual(fetchedVariants(uri, fetched), []);
		}
	});
});
