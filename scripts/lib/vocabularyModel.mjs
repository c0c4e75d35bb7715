import { headerValues, randomPieces, tensorsOf, writeModel } from "./randomModel.mjs";

/**
 * A token that is added to the demo model's vocabulary, unless the vocabulary already has its text.
 *
 * @typedef {object} AddedToken
 * @property {string} text in the vocabulary's spelling: "Ġ" for a space, "Ċ" for a line break
 * @property {"normal" | "control" | "userDefined"} kind
 */

/**
 * The script of a small reciting model.
 *
 * @typedef {object} RecitingScript
 * @property {string} template the chat template
 * @property {readonly AddedToken[]} added
 * @property {readonly string[]} recited texts of tokens, each followed by the next; none occurs twice
 * @property {boolean} [hasTemplate] false leaves the template out
 */

const kindNumbers = { normal: 1, control: 3, userDefined: 4 };
const width = 128;

/**
 * Writes a model, within a second, that has the demo model's vocabulary and the added tokens, and recites the script.
 *
 * @param {string} file
 * @param {RecitingScript} script
 */
export async function writeVocabularyModel(file, { template, added, recited, hasTemplate = true }) {
	const { readGgufFileInfo } = await import("node-llama-cpp");
	const { demoModelFile } = await import("./paths.mjs");
	const { metadata } = await readGgufFileInfo(demoModelFile);
	const { tokens, token_type: kinds } = metadata.tokenizer.ggml;
	const missing = added.filter(
		({ text }, index) =>
			!tokens.includes(text) && added.findIndex((other) => other.text === text) === index,
	);
	const texts = [...tokens, ...missing.map(({ text }) => text)];
	const shape = {
		name: "Reciting",
		layers: 1,
		width,
		innerWidth: width,
		heads: 2,
		keyHeads: 2,
		vocabulary: texts.length,
		contextTokens: 4096,
	};
	const values = new Map(await headerValues(shape, "F16", 1));
	values.set("tokenizer.ggml.tokens", { type: "strings", value: texts });
	values.set("tokenizer.ggml.token_type", {
		type: "i32s",
		value: [...kinds, ...missing.map(({ kind }) => kindNumbers[kind])],
	});
	values.set("tokenizer.chat_template", { type: "string", value: template });
	if (!hasTemplate) {
		values.delete("tokenizer.chat_template");
	}
	const predecessors = Array.from(texts, (_, token) => token);
	const said = recited.map((text) => texts.lastIndexOf(text));
	for (const [index, token] of said.entries()) {
		if (token < 0) {
			throw new Error(`The vocabulary has no token ${JSON.stringify(recited[index])}.`);
		}
		predecessors[token] = said.at(index - 1) ?? token;
	}
	const tensors = tensorsOf(shape, "F16");
	const [embeddings] = tensors;
	if (!embeddings) {
		throw new Error("The model has no tensors.");
	}
	const rowBytes = embeddings.bytes / shape.vocabulary;
	const random = randomPieces(1);
	/** @type {Buffer} */
	let rows = Buffer.alloc(0);
	await writeModel(
		file,
		values,
		[...tensors, { ...embeddings, name: "output.weight" }],
		(tensor) => {
			if (tensor === embeddings) {
				rows = signs(embeddings.bytes);
				return [rows];
			}
			if (tensor.name === "output.weight") {
				return predecessors.map((token) => rows.subarray(token * rowBytes, (token + 1) * rowBytes));
			}
			const isEnd = /\.(?:attn_output|ffn_down)\.weight$/.test(tensor.name);
			return isEnd ? [Buffer.alloc(tensor.bytes)] : random(tensor);
		},
	);
}

/**
 * @param {number} bytes
 * @returns {Buffer} half-precision numbers, randomly 1 or −1; vectors of them are nearly orthogonal
 */
function signs(bytes) {
	const [first] = randomPieces(7)({ name: "", dimensions: [], type: 1, bytes });
	const numbers = Buffer.from(first ?? Buffer.alloc(bytes)).subarray(0, bytes);
	for (let at = 0; at + 2 <= numbers.length; at += 2) {
		numbers.writeUInt16LE((numbers.readUInt16LE(at) & 0x8000) | 0x3c00, at);
	}
	return numbers;
}
