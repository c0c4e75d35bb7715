import assert from "node:assert/strict";
import path from "node:path";
import { glimpse } from "../../../src/gguf/glimpse";
import { readGgufModel, requireChatModel } from "../../../src/gguf/ggufModel";
import { describeFailure } from "../../../src/wording/describeFailure";
import { FailureError } from "../../../src/protocol/failureError";
import type { ModelKind } from "../../../src/protocol/download/modelKind";
import { temporaryFolder } from "../../support/temporaryFolder";
import { ofArchitecture, putGguf, type MadeUpModel } from "../../support/models/ggufFiles";
import { putFile } from "../extension/localModels/stores";

const pooling = (value: number) => ({ pooling_type: { type: "u32", value } }) as const;
const isCausal = (value: boolean) => ({ "attention.causal": { type: "bool", value } }) as const;
const nextn = { nextn_predict_layers: { type: "u32", value: 1 } } as const;
const text = (value: string) => ({ type: "string", value }) as const;
const withoutTemplate = { "tokenizer.chat_template": undefined };

/** A file's name, what it holds, and what it is. */
const cases: readonly (readonly [string, MadeUpModel, ModelKind])[] = [
	["chat.gguf", {}, "chat"],
	["base.gguf", { values: withoutTemplate }, "text"],
	["a.gguf", { values: ofArchitecture("bert") }, "embedding"],
	["a.gguf", { values: ofArchitecture("nomic-bert-moe", pooling(1)) }, "embedding"],
	["a.gguf", { values: ofArchitecture("jina-bert-v3") }, "embedding"],
	["a.gguf", { values: ofArchitecture("gemma-embedding", pooling(1)) }, "embedding"],
	["a.gguf", { values: ofArchitecture("llama-embed") }, "embedding"],
	["a.gguf", { values: ofArchitecture("t5encoder") }, "embedding"],
	["a.gguf", { values: ofArchitecture("qwen3", pooling(3)) }, "embedding"],
	["a.gguf", { values: ofArchitecture("lfm2", isCausal(false)) }, "embedding"],
	["a.gguf", { values: ofArchitecture("qwen3", pooling(4)) }, "reranker"],
	["a.gguf", { values: ofArchitecture("bert", pooling(4)) }, "reranker"],
	["a.gguf", { values: { "tokenizer.chat_template.rerank": text("{query}") } }, "reranker"],
	[
		"a.gguf",
		{ values: { "llama.classifier.output_labels": { type: "strings", value: ["yes", "no"] } } },
		"reranker",
	],
	["a.gguf", { values: ofArchitecture("clip") }, "projector"],
	["a.gguf", { values: { "general.type": text("mmproj") } }, "projector"],
	["a.gguf", { values: { "general.type": text("adapter") } }, "adapter"],
	["a.gguf", { values: { "adapter.type": text("lora") } }, "adapter"],
	["a.gguf", { values: ofArchitecture("controlvector") }, "controlVector"],
	["a.gguf", { values: { "general.type": text("imatrix") } }, "importanceMatrix"],
	[
		"a.gguf",
		{
			values: {
				"general.architecture": undefined,
				"general.type": undefined,
				"imatrix.datasets": { type: "strings", value: ["wiki"] },
			},
		},
		"importanceMatrix",
	],
	["a.gguf", { values: ofArchitecture("eagle3") }, "drafter"],
	["a.gguf", { values: ofArchitecture("eagle4-llama") }, "drafter"],
	["a.gguf", { values: ofArchitecture("dflash", isCausal(false)) }, "drafter"],
	["a.gguf", { values: ofArchitecture("gemma4-assistant") }, "drafter"],
	[
		"mtp-Qwen3.8-27B-Q4_0.gguf",
		{
			values: ofArchitecture("qwen35", nextn),
			tensors: ["token_embd.weight", "blk.64.nextn.eh_proj.weight"],
		},
		"drafter",
	],
	["a.gguf", { tensors: [] }, "vocabulary"],
	["a.gguf", { values: { "tokenizer.ggml.model": text("none") } }, "noVocabulary"],
	["a.gguf", { values: ofArchitecture("qwen3tts") }, "speech"],
	["a.gguf", { values: ofArchitecture("wavtokenizer-dec", isCausal(false)) }, "speech"],
	["a.gguf", { values: ofArchitecture("whisper") }, "speech"],
	["a.gguf", { values: ofArchitecture("flux") }, "image"],
	["a.gguf", { values: ofArchitecture("qwen_image") }, "image"],
	["a.gguf", { values: ofArchitecture("llada-moe", isCausal(false)) }, "diffusion"],
	["a.gguf", { values: ofArchitecture("t5") }, "encoderDecoder"],
	// Names decide only where a header leaves it open.
	["gte-Qwen2-1.5B-Q8_0.gguf", { values: withoutTemplate }, "embedding"],
	["Qwen3-Reranker-0.6B.gguf", { values: withoutTemplate }, "reranker"],
	["Chat-about-embeddings.gguf", {}, "chat"],
	["Qwen-mtp-merged-chat.gguf", {}, "chat"],
	["mtp-chat.gguf", { values: ofArchitecture("qwen35", nextn) }, "chat"],
	["Qwen3.8-27B-MTP.gguf", { values: ofArchitecture("qwen35", nextn) }, "chat"],
	["eagle3-the-chat.gguf", {}, "chat"],
	["mmproj-named-chat.gguf", {}, "chat"],
	["lora-merged-base.gguf", { values: withoutTemplate }, "text"],
	["imatrix.gguf", {}, "chat"],
	["pangu.gguf", { values: ofArchitecture("pangu-embedded") }, "chat"],
	["talkie.gguf", { values: ofArchitecture("talkie") }, "chat"],
	[
		"granite.gguf",
		{ values: ofArchitecture("graniteswitch", { "adapters.count": { type: "u32", value: 2 } }) },
		"chat",
	],
	["none.gguf", { values: ofArchitecture("llama", pooling(0)) }, "chat"],
];

describe("the kind of a model", () => {
	let folder: Awaited<ReturnType<typeof temporaryFolder>>;

	before(async () => {
		folder = await temporaryFolder();
	});
	after(() => folder.remove());

	cases.forEach(([name, model, kind], index) => {
		const architecture = model.values?.["general.architecture"]?.value;
		it(`${kind}: ${name}${typeof architecture === "string" ? `, ${architecture}` : ""} (${index})`, async () => {
			const file = await putGguf(path.join(folder.path, String(index), name), model);
			const read = await readGgufModel(file);
			assert.equal(read.kind, kind);
			if (kind === "chat" || kind === "text") {
				requireChatModel(file, read);
			} else {
				assert.throws(
					() => {
						requireChatModel(file, read);
					},
					(error) => error instanceof FailureError && error.failure.kind === "notChatModel",
				);
				const { sentence } = describeFailure({ kind: "notChatModel", path: file, modelKind: kind });
				assert.match(sentence, /cannot chat: .* Choose a chat model\.$/);
			}
			assert.equal(await glimpse(file), kind);
		});
	});

	it("counts the tensors of all parts of a split model", async () => {
		const first = path.join(folder.path, "split/m-00001-of-00002.gguf");
		const split = (no: number) => ({
			"split.count": { type: "u32", value: 2 } as const,
			"split.no": { type: "u32", value: no } as const,
		});
		const values = { ...ofArchitecture("qwen35", nextn), ...split(0) };
		await putGguf(first, { values, tensors: [] });
		const second = path.join(folder.path, "split/m-00002-of-00002.gguf");
		await putGguf(second, { values: split(1), tensors: ["blk.0.attn_norm.weight"] });
		assert.equal((await readGgufModel(first)).kind, "chat");
		await putGguf(second, { values: split(1), tensors: ["blk.9.nextn.eh_proj.weight"] });
		assert.equal((await readGgufModel(first)).kind, "drafter");
		assert.equal(await glimpse(first), "chat");
	});

	it("is by its name what a file is whose header cannot be read", async () => {
		const damaged = (name: string) => putFile(path.join(folder.path, name), "GGUF damaged");
		assert.equal(await glimpse(await damaged("mmproj-F16.gguf")), "projector");
		assert.equal(await glimpse(await damaged("chat.gguf")), "text");
		const notes = await putFile(path.join(folder.path, "notes.gguf"), "x");
		assert.deepEqual(await glimpse(notes), { kind: "notGguf", path: notes, found: "other" });
	});
});

describe("a later part of a split model", () => {
	let folder: Awaited<ReturnType<typeof temporaryFolder>>;

	before(async () => {
		folder = await temporaryFolder();
	});
	after(() => folder.remove());

	const split = (no: number) => ({
		"split.count": { type: "u32", value: 3 } as const,
		"split.no": { type: "u32", value: no } as const,
	});

	async function sentenceFor(file: string): Promise<string> {
		try {
			await readGgufModel(file);
		} catch (error) {
			assert.ok(error instanceof FailureError);
			return describeFailure(error.failure).sentence;
		}
		return "none";
	}

	it("leads to the first one, which is there", async () => {
		const first = await putGguf(path.join(folder.path, "m-00001-of-00003.gguf"), {
			values: split(0),
		});
		const second = await putGguf(path.join(folder.path, "m-00002-of-00003.gguf"), {
			values: split(1),
		});
		assert.equal(
			await sentenceFor(second),
			`${second} is part 2 of 3 of a split model. Choose its first part: ${first}.`,
		);
	});

	it("leads to a first one that is missing, or called otherwise", async () => {
		for (const name of ["n-00003-of-00003.gguf", "renamed.gguf"]) {
			const file = await putGguf(path.join(folder.path, name), { values: split(2) });
			assert.match(
				await sentenceFor(file),
				/is part 3 of 3 of a split model\. Put all parts into one folder, and choose the first\.$/,
			);
		}
	});

	it("is known by its name where the file does not tell", async () => {
		const file = await putGguf(path.join(folder.path, "o-00002-of-00002.gguf"));
		assert.match(await sentenceFor(file), /is part 2 of 2 of a split model/);
	});

	it("is not what is called so by whoever split it otherwise", async () => {
		const file = await putGguf(path.join(folder.path, "p-00002-of-00003.gguf"), {
			values: split(0),
		});
		assert.match(await sentenceFor(file), /cannot be read/);
	});

	it("is missed where the first one was renamed", async () => {
		const file = await putGguf(path.join(folder.path, "alone.gguf"), { values: split(0) });
		await assert.rejects(readGgufModel(file), (error) => {
			assert.ok(error instanceof FailureError && error.failure.kind === "modelUnreadable");
			assert.match(
				error.failure.reason,
				/first of 3 parts, whose name must end in -00001-of-00003\.gguf/,
			);
			return true;
		});
	});
});
