import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { root } from "./paths.mjs";
import { say } from "./progress.mjs";
import { writeRandomModel } from "./randomModel.mjs";
import { writeRecitingModel } from "./recitingModel.mjs";

/**
 * @param {import("./randomModel.mjs").ModelShape} shape
 * @param {import("./randomModel.mjs").WeightType} weights
 * @param {number} seed
 * @returns {Promise<string>} a file with random weights in the shape of a real model, which the first call writes
 */
export async function sampleModel(shape, weights, seed) {
	return kept(`random-${shape.name}-${weights}-${seed}`, (file) =>
		writeRandomModel(file, shape, weights, seed),
	);
}

/**
 * @param {import("./randomModel.mjs").ModelShape} shape
 * @returns {Promise<string>} a file with a model of that shape that recites words, which the first call writes
 */
export async function recitingModel(shape) {
	return kept(`reciting-${shape.name}`, (file) => writeRecitingModel(file, shape, 1));
}

/**
 * @param {string} name
 * @param {(file: string) => Promise<void>} write
 */
async function kept(name, write) {
	const folder = path.join(root, "out/models");
	const model = path.join(folder, `${name}.gguf`);
	if (!existsSync(model)) {
		say(`Writing ${model}`);
		await mkdir(folder, { recursive: true });
		await write(model);
	}
	return model;
}
