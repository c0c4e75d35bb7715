import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { root } from "./paths.mjs";
import { say } from "./progress.mjs";
import { writeRandomModel } from "./randomModel.mjs";

/**
 * @param {import("./randomModel.mjs").ModelShape} shape
 * @param {import("./randomModel.mjs").WeightType} weights
 * @param {number} seed
 * @returns {Promise<string>} a file with random weights in the shape of a real model, written the first time
 */
export async function sampleModel(shape, weights, seed) {
	const folder = path.join(root, "out/models");
	const model = path.join(folder, `random-${shape.name}-${weights}-${seed}.gguf`);
	if (!existsSync(model)) {
		say(`Writing ${model}`);
		await mkdir(folder, { recursive: true });
		await writeRandomModel(model, shape, weights, seed);
	}
	return model;
}
