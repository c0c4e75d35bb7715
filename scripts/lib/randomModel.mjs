import { open, rename } from "node:fs/promises";
import { aligned, ggufHeader } from "./ggufWriter.mjs";
import { demoModelFile } from "./paths.mjs";

/**
 * The dimensions that decide the speed of a model with llama's architecture, whatever its weights are.
 *
 * @typedef {object} ModelShape
 * @property {string} name
 * @property {number} layers
 * @property {number} width of the vector that passes from layer to layer
 * @property {number} innerWidth of the feed-forward network
 * @property {number} heads
 * @property {number} keyHeads
 * @property {number} vocabulary in tokens; at least as large as the demo model's
 * @property {number} contextTokens
 */

/** @type {readonly ModelShape[]} as the files of these models state them */
export const modelShapes = [
	{
		name: "Llama-3.2-1B",
		layers: 16,
		width: 2048,
		innerWidth: 8192,
		heads: 32,
		keyHeads: 8,
		vocabulary: 128_256,
		contextTokens: 131_072,
	},
	{
		name: "Llama-3.2-3B",
		layers: 28,
		width: 3072,
		innerWidth: 8192,
		heads: 24,
		keyHeads: 8,
		vocabulary: 128_256,
		contextTokens: 131_072,
	},
];

/**
 * How weights are stored: ggml's number and name of the type, the elements and bytes of a block, and the offset of the
 * half-precision number that scales a block, if any.
 */
const weightTypes = {
	Q4_0: { type: 2, fileType: 2, elements: 32, bytes: 18, scale: 0x1c00 },
	F16: { type: 1, fileType: 1, elements: 1, bytes: 2, scale: undefined },
};

/** @typedef {keyof typeof weightTypes} WeightType */

export const weightTypeNames = /** @type {readonly WeightType[]} */ (Object.keys(weightTypes));

/** Bytes that are generated and written at once: whole blocks of every type. */
const pieceBytes = 18 * 2 ** 20;

/**
 * Writes a model with random weights in the shape of a real one. It computes as long as the real one, and its output is
 * meaningless.
 * Words and template come from the demo model; the rest of the vocabulary is padding.
 *
 * @param {string} file
 * @param {ModelShape} shape
 * @param {WeightType} weights
 * @param {number} seed the same seed writes the same file
 */
export async function writeRandomModel(file, shape, weights, seed) {
	const random = randomPieces(seed);
	await writeModel(
		file,
		await headerValues(shape, weights, seed),
		tensorsOf(shape, weights),
		random,
	);
}

/**
 * @param {string} file gets its name only when it is complete
 * @param {ReadonlyMap<string, import("./ggufWriter.mjs").GgufValue>} values
 * @param {readonly import("./ggufWriter.mjs").GgufTensor[]} tensors
 * @param {(tensor: import("./ggufWriter.mjs").GgufTensor) => Iterable<Buffer>} piecesOf the bytes of each, padded to a
 *   multiple of 32
 */
export async function writeModel(file, values, tensors, piecesOf) {
	const partFile = `${file}.part`;
	const handle = await open(partFile, "w");
	try {
		await handle.write(ggufHeader(values, tensors));
		for (const tensor of tensors) {
			for (const piece of piecesOf(tensor)) {
				await handle.write(piece);
			}
		}
	} finally {
		await handle.close();
	}
	await rename(partFile, file);
}

/**
 * @param {number} seed
 * @returns {(tensor: import("./ggufWriter.mjs").GgufTensor) => Iterable<Buffer>} a function that returns random weights
 */
export function randomPieces(seed) {
	const random = generator(seed);
	return function* (tensor) {
		for (let done = 0; done < aligned(tensor.bytes); done += pieceBytes) {
			const piece = Buffer.alloc(Math.min(pieceBytes, aligned(tensor.bytes) - done));
			fill(piece, tensor.type, random);
			yield piece;
		}
	};
}

/**
 * @param {ModelShape} shape
 * @param {WeightType} weights
 * @returns {readonly import("./ggufWriter.mjs").GgufTensor[]}
 */
export function tensorsOf({ layers, width, innerWidth, heads, keyHeads, vocabulary }, weights) {
	const { type, elements, bytes } = weightTypes[weights];
	/** @param {string} name @param {number} from @param {number} to */
	const matrix = (name, from, to) => ({
		name: `${name}.weight`,
		dimensions: [from, to],
		type,
		bytes: ((from * to) / elements) * bytes,
	});
	/** @param {string} name */
	const norm = (name) => ({
		name: `${name}.weight`,
		dimensions: [width],
		type: 0,
		bytes: width * 4,
	});
	const keyWidth = (width / heads) * keyHeads;
	return [
		matrix("token_embd", width, vocabulary),
		norm("output_norm"),
		...Array.from({ length: layers }, (_, layer) => [
			norm(`blk.${layer}.attn_norm`),
			norm(`blk.${layer}.ffn_norm`),
			matrix(`blk.${layer}.attn_q`, width, width),
			matrix(`blk.${layer}.attn_k`, width, keyWidth),
			matrix(`blk.${layer}.attn_v`, width, keyWidth),
			matrix(`blk.${layer}.attn_output`, width, width),
			matrix(`blk.${layer}.ffn_down`, innerWidth, width),
			matrix(`blk.${layer}.ffn_gate`, width, innerWidth),
			matrix(`blk.${layer}.ffn_up`, width, innerWidth),
		]).flat(),
	];
}

/**
 * @param {ModelShape} shape
 * @param {WeightType} weights
 * @param {number} seed
 * @returns {Promise<ReadonlyMap<string, import("./ggufWriter.mjs").GgufValue>>}
 */
export async function headerValues(shape, weights, seed) {
	const { readGgufFileInfo } = await import("node-llama-cpp");
	const { metadata } = await readGgufFileInfo(demoModelFile);
	const { ggml, chat_template: template } = metadata.tokenizer;
	/** @type {(count: number, make: (index: number) => string | number) => any[]} */
	const filled = (count, make) => Array.from({ length: count }, (_, index) => make(index));
	const added = shape.vocabulary - ggml.tokens.length;
	/** @type {(value: number) => import("./ggufWriter.mjs").GgufValue} */
	const u32 = (value) => ({ type: "u32", value });
	/** @type {(value: number) => import("./ggufWriter.mjs").GgufValue} */
	const f32 = (value) => ({ type: "f32", value });
	/** @type {(value: string) => import("./ggufWriter.mjs").GgufValue} */
	const string = (value) => ({ type: "string", value });
	return new Map([
		["general.architecture", string("llama")],
		["general.name", string(`${shape.name} with random weights (seed ${seed})`)],
		["general.file_type", u32(weightTypes[weights].fileType)],
		["general.quantization_version", u32(2)],
		["llama.context_length", u32(shape.contextTokens)],
		["llama.embedding_length", u32(shape.width)],
		["llama.block_count", u32(shape.layers)],
		["llama.feed_forward_length", u32(shape.innerWidth)],
		["llama.attention.head_count", u32(shape.heads)],
		["llama.attention.head_count_kv", u32(shape.keyHeads)],
		["llama.attention.layer_norm_rms_epsilon", f32(1e-5)],
		["llama.rope.freq_base", f32(500_000)],
		["llama.rope.dimension_count", u32(shape.width / shape.heads)],
		["llama.vocab_size", u32(shape.vocabulary)],
		["tokenizer.ggml.model", string(ggml.model)],
		["tokenizer.ggml.pre", string(String(ggml.pre))],
		[
			"tokenizer.ggml.tokens",
			{ type: "strings", value: [...ggml.tokens, ...filled(added, (index) => `word${index}`)] },
		],
		[
			"tokenizer.ggml.token_type",
			{ type: "i32s", value: [...ggml.token_type, ...filled(added, () => 1)] },
		],
		["tokenizer.ggml.merges", { type: "strings", value: ggml.merges ?? [] }],
		["tokenizer.ggml.bos_token_id", u32(ggml.bos_token_id ?? 0)],
		["tokenizer.ggml.eos_token_id", u32(ggml.eos_token_id ?? 0)],
		["tokenizer.ggml.add_bos_token", { type: "bool", value: true }],
		["tokenizer.chat_template", string(String(template))],
	]);
}

/**
 * @param {Buffer} piece
 * @param {number} type
 * @param {() => number} random
 */
function fill(piece, type, random) {
	if (type === 0) {
		for (let at = 0; at + 4 <= piece.length; at += 4) {
			piece.writeFloatLE(1, at);
		}
		return;
	}
	const words = new Uint32Array(piece.buffer, piece.byteOffset, Math.floor(piece.length / 4));
	for (let at = 0; at < words.length; at += 1) {
		words[at] = random();
	}
	if (type === weightTypes.Q4_0.type) {
		for (let at = 0; at + 2 <= piece.length; at += weightTypes.Q4_0.bytes) {
			piece.writeUInt16LE(weightTypes.Q4_0.scale, at);
		}
		return;
	}
	const halves = new Uint16Array(piece.buffer, piece.byteOffset, Math.floor(piece.length / 2));
	for (let at = 0; at < halves.length; at += 1) {
		// Any sign and fraction with exponents from 2^-9 to 2^-6: neither huge nor negligible.
		halves[at] = ((halves[at] ?? 0) & 0x8fff) | 0x1800;
	}
}

/**
 * @param {number} seed
 * @returns {() => number} a 32-bit generator (xorshift)
 */
function generator(seed) {
	let state = seed | 0 || 1;
	return () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return state >>> 0;
	};
}
