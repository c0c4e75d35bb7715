import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { ggufHeader, type GgufTensor, type GgufValue } from "../../../scripts/lib/ggufWriter.mjs";

/** The content of an artificial model file. */
export interface MadeUpModel {
	/** Added to the values of an ordinary chat model; `undefined` removes one. */
	readonly values?: Readonly<Record<string, GgufValue | undefined>>;
	/** By name; each holds one number. */
	readonly tensors?: readonly string[];
}

const text = (value: string): GgufValue => ({ type: "string", value });

/** The values that llama.cpp's converter writes for an ordinary chat model, in its order. */
const chatModel: Readonly<Record<string, GgufValue>> = {
	"general.architecture": text("llama"),
	"general.type": text("model"),
	"general.name": text("Made Up"),
	"llama.block_count": { type: "u32", value: 2 },
	"llama.context_length": { type: "u32", value: 4096 },
	"general.file_type": { type: "u32", value: 0 },
	"tokenizer.ggml.model": text("gpt2"),
	"tokenizer.ggml.tokens": { type: "strings", value: ["a", "b"] },
	"tokenizer.chat_template": text("{{ messages[0].content }}"),
};
const chatTensors = ["token_embd.weight", "blk.0.attn_norm.weight", "blk.1.attn_norm.weight"];

/** Writes a model file without usable weights, and creates its folders. @returns its path */
export async function putGguf(
	file: string,
	{ values, tensors }: MadeUpModel = {},
): Promise<string> {
	const all = new Map<string, GgufValue>();
	for (const [key, value] of Object.entries({ ...chatModel, ...values })) {
		if (value !== undefined) {
			all.set(key, value);
		}
	}
	const table = (tensors ?? chatTensors).map((name): GgufTensor => ({
		name,
		dimensions: [1],
		type: 0,
		bytes: 4,
	}));
	await mkdir(path.dirname(file), { recursive: true });
	const weights = Buffer.alloc(32 * table.length);
	await writeFile(file, Buffer.concat([ggufHeader(all, table), weights]));
	return file;
}

/** Returns the values of a model with another architecture: the same values, under its name. */
export function ofArchitecture(
	architecture: string,
	own: Readonly<Record<string, GgufValue>> = {},
): Record<string, GgufValue | undefined> {
	const values: Record<string, GgufValue | undefined> = {
		"general.architecture": text(architecture),
		"llama.block_count": undefined,
		"llama.context_length": undefined,
	};
	for (const [key, value] of Object.entries(own)) {
		values[`${architecture}.${key}`] = value;
	}
	return values;
}
