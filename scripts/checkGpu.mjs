// npm run check:gpu [-- --shape NAME --weights Q4_0 --tokens N --seed N]
// For a machine with a GPU: prints the device report, and compares the tokens per second of the GPU and the CPU on a model
// with random weights.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { build } from "./lib/build.mjs";
import { main } from "./lib/main.mjs";
import { ownTarget } from "./lib/packageTargets.mjs";
import { root } from "./lib/paths.mjs";
import { say } from "./lib/progress.mjs";
import { modelShapes, weightTypeNames } from "./lib/randomModel.mjs";
import { sampleModel } from "./lib/sampleModel.mjs";
import { ending } from "./lib/shell.mjs";

await main(async () => {
	const { values } = parseArgs({
		options: {
			shape: { type: "string", default: "Llama-3.2-1B" },
			weights: { type: "string", default: "Q4_0" },
			tokens: { type: "string", default: "128" },
			seed: { type: "string", default: "1" },
		},
	});
	const shape = choose(modelShapes, values.shape, ({ name }) => name);
	const weights = choose(weightTypeNames, values.weights, (name) => name);
	await build("--tests", "bench");

	const model = await sampleModel(shape, weights, Number(values.seed));
	const packaged = path.join(root, "out/stage", ownTarget, "dist/inference.cjs");
	const engine = existsSync(packaged) ? packaged : path.join(root, "dist/inference.cjs");
	say(`Engine: ${engine}`);
	const child = spawn(
		process.execPath,
		[path.join(root, "out/test/bench/gpu.entry.cjs"), engine, model, values.tokens],
		{ cwd: root, stdio: "inherit" },
	);
	return (await ending(child)) === "0" ? 0 : 1;
});

/**
 * @template T
 * @param {readonly T[]} all
 * @param {string} name
 * @param {(each: T) => string} nameOf
 * @returns {T}
 */
function choose(all, name, nameOf) {
	const found = all.find((each) => nameOf(each) === name);
	if (!found) {
		throw new Error(`Unknown choice: ${name}. Choose from ${all.map(nameOf).join(", ")}.`);
	}
	return found;
}
