import { valueOffset } from "./badModels";

/** A way to damage a model file. */
export interface Damage {
	readonly name: string;
	/** Damages the bytes of the demo model, differently with each call. */
	readonly inflict: (model: Buffer, random: () => number) => Buffer;
}

/** The approximate start of the demo model's weights, after its names, numbers, and vocabulary. */
const headerBytes = 42_700;

export const damages: readonly Damage[] = [
	{
		name: "cut off in its header",
		inflict: (model, random) => model.subarray(0, between(random, 0, headerBytes)),
	},
	{
		name: "cut off in its weights",
		inflict: (model, random) => model.subarray(0, between(random, headerBytes, model.length)),
	},
	{
		name: "with bytes changed in its header",
		inflict: (model, random) => changeBytes(model, random, 8, 4, headerBytes),
	},
	{
		name: "with bytes changed in its weights",
		inflict: (model, random) => changeBytes(model, random, 1000, headerBytes, model.length),
	},
	{
		name: "with an absurd number of metadata",
		inflict: (model, random) => writeLength(model, 16, absurdLength(random)),
	},
	{
		name: "with an absurd number of tensors",
		inflict: (model, random) => writeLength(model, 8, absurdLength(random)),
	},
	{
		name: "with a string of absurd length",
		inflict: (model, random) => {
			const key = pick(random, ["general.name", "general.architecture", "tokenizer.ggml.model"]);
			// The length of the value, or of the key before it.
			const at = random() < 0.5 ? valueOffset(model, key) : model.indexOf(key) - 8;
			return writeLength(model, at, absurdLength(random));
		},
	},
	{
		name: "with another beginning",
		inflict: (model, random) => changeBytes(model, random, 4, 0, 4),
	},
	{
		name: "of an unknown architecture",
		inflict: (model, random) => {
			const name = Array.from({ length: 5 }, () => letter(random)).join("");
			model.write(name, valueOffset(model, "general.architecture") + 8);
			return model;
		},
	},
	{
		name: "with absurd dimensions",
		inflict: (model, random) => {
			if (random() < 0.3) {
				// After a tensor's name and the number of its dimensions.
				const tensor = pick(random, [
					"token_embd.weight",
					"blk.0.attn_k.weight",
					"blk.4.ffn_up.weight",
				]);
				return writeLength(model, model.indexOf(tensor) + tensor.length + 4, absurdLength(random));
			}
			const key = pick(random, [
				"llama.block_count",
				"llama.context_length",
				"llama.embedding_length",
				"llama.feed_forward_length",
				"llama.attention.head_count",
				"llama.attention.head_count_kv",
				"llama.rope.dimension_count",
			]);
			model.writeUInt32LE(
				pick(random, [0, 1, 3, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, between(random, 0, 2 ** 32)]),
				valueOffset(model, key),
			);
			return model;
		},
	},
];

/** Returns an integer from `low` up to, but not including, `high`. */
function between(random: () => number, low: number, high: number): number {
	return low + Math.floor(random() * (high - low));
}

function pick<T>(random: () => number, from: readonly T[]): T {
	return from[between(random, 0, from.length)]!;
}

function letter(random: () => number): string {
	return String.fromCharCode(between(random, 97, 123));
}

/** Returns a length that is slightly too large, far too large, or the largest signed or unsigned number. */
function absurdLength(random: () => number): bigint {
	return pick(random, [
		BigInt(between(random, 1000, 100_000)),
		BigInt(between(random, 2 ** 20, 2 ** 40)),
		2n ** 63n - 1n,
		2n ** 64n - 1n,
		2n ** 63n + BigInt(between(random, 0, 2 ** 30)),
	]);
}

function writeLength(model: Buffer, at: number, length: bigint): Buffer {
	model.writeBigUInt64LE(length, at);
	return model;
}

/** Changes between 1 and `most` bytes, each to another value. */
function changeBytes(
	model: Buffer,
	random: () => number,
	most: number,
	from: number,
	to: number,
): Buffer {
	for (let left = between(random, 1, most + 1); left > 0; left--) {
		const at = between(random, from, to);
		model[at] = (model[at]! + between(random, 1, 256)) % 256;
	}
	return model;
}
