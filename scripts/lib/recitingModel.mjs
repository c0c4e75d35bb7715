import { demoModelFile } from "./paths.mjs";
import { headerValues, randomPieces, tensorsOf, writeModel } from "./randomModel.mjs";

/** The vocabulary's spelling of a space and a line break. */
const space = "Ġ";
const lineBreak = "Ċ";

/**
 * Writes a model in the shape of a real one that answers everything with the same words, each once, in the order of
 * `recitedWords`.
 * Only the last token decides what follows, but all layers compute it. The weights are random, with two exceptions. The
 * matrices at
 * the end of each layer are zero. The output matrix holds the embeddings in another order, so that each token predicts its
 * successor.
 *
 * @param {string} file
 * @param {import("./randomModel.mjs").ModelShape} shape
 * @param {number} seed
 */
export async function writeRecitingModel(file, shape, seed) {
	const tensors = tensorsOf(shape, "Q4_0");
	const [embeddings] = tensors;
	if (!embeddings) {
		throw new Error("The model has no tensors.");
	}
	const output = { ...embeddings, name: "output.weight" };
	const predecessors = await predecessorsOf(shape.vocabulary);
	const rowBytes = embeddings.bytes / shape.vocabulary;
	const random = randomPieces(seed);
	let rows = Buffer.alloc(0);
	await writeModel(
		file,
		await headerValues(shape, "Q4_0", seed),
		[...tensors, output],
		(tensor) => {
			if (tensor === embeddings) {
				rows = Buffer.concat([...random(tensor)]);
				return [rows];
			}
			if (tensor === output) {
				return predecessors.map((token) => rows.subarray(token * rowBytes, (token + 1) * rowBytes));
			}
			const isEnd = /\.(?:attn_output|ffn_down)\.weight$/.test(tensor.name);
			return isEnd ? [Buffer.alloc(tensor.bytes)] : random(tensor);
		},
	);
}

/** @returns {Promise<readonly string[]>} words, each of which is one token together with the space before it */
export async function recitedWords() {
	const { tokens, recited } = await vocabulary();
	return recited.map((token) => (tokens[token] ?? "").replace(space, ""));
}

/**
 * @param {number} count of tokens in the vocabulary
 * @returns {Promise<readonly number[]>} for each token, the token that it follows; most follow themselves
 */
async function predecessorsOf(count) {
	const { tokens, recited, endToken } = await vocabulary();
	// The template ends with two line breaks, after which the answer starts.
	const cycle = [tokens.indexOf(lineBreak + lineBreak), ...recited, endToken];
	const predecessors = Array.from({ length: count }, (_, token) => token);
	for (const [index, token] of cycle.entries()) {
		predecessors[token] = cycle.at(index - 1) ?? token;
	}
	return predecessors;
}

async function vocabulary() {
	const { readGgufFileInfo } = await import("node-llama-cpp");
	const { metadata } = await readGgufFileInfo(demoModelFile);
	const { tokens, eos_token_id: endToken = 0 } = metadata.tokenizer.ggml;
	const recited = tokens.flatMap((word, token) => (/^Ġ[a-z]{2,}$/.test(word) ? [token] : []));
	return { tokens, recited, endToken };
}
