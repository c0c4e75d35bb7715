// npm run bench:resume [-- --tokens N --rounds N]
// Measures on a model with random weights what going on with a long conversation after a restart takes, with its saved state and without.
import { parseArgs } from "node:util";
import { measureResume } from "./lib/benchmarks.mjs";
import { build } from "./lib/build.mjs";
import { main } from "./lib/main.mjs";
import { modelShapes } from "./lib/randomModel.mjs";
import { sampleModel } from "./lib/sampleModel.mjs";

await main(async () => {
	const { values } = parseArgs({
		options: {
			tokens: { type: "string", default: "4000" },
			rounds: { type: "string", default: "3" },
		},
	});
	const [shape] = modelShapes;
	if (!shape) {
		throw new Error("There is no shape of a model.");
	}
	await build("--production", "--tests", "bench");
	const model = await sampleModel(shape, "Q4_0", 1);
	const figures = await measureResume(model, values.tokens, values.rounds);
	process.stdout.write(`${JSON.stringify(figures)}\n`);
});
