// npm run bench
// Measures the extension as it ships, with the demo model, and writes docs/benchmarks.md.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import {
	measureActivation,
	measureBundles,
	measureEngine,
	measureLoading,
} from "./lib/benchmarks.mjs";
import { benchmarkReport } from "./lib/benchmarkReport.mjs";
import { build } from "./lib/build.mjs";
import { canRunServer, installVsCode } from "./lib/installVsCode.mjs";
import { main } from "./lib/main.mjs";
import { root } from "./lib/paths.mjs";
import { say } from "./lib/progress.mjs";
import { modelShapes } from "./lib/randomModel.mjs";
import { sampleModel } from "./lib/sampleModel.mjs";

await main(async () => {
	if (canRunServer) {
		await installVsCode();
	}
	await build("--production", "--tests", "bench");
	say("Activation in a real extension host");
	const activation = await measureActivation();
	say("Answers of the demo model, through the extension's process and by a bare loop");
	const engine = await measureEngine();
	const [shape] = modelShapes;
	if (!shape) {
		throw new Error("There is no shape of a model.");
	}
	const model = await sampleModel(shape, "Q4_0", 1);
	say(`Loads of a model with random weights in the shape of ${shape.name}`);
	const loading = await measureLoading(model);
	const bundles = await measureBundles();
	const report = benchmarkReport({ activation, bundles, engine, loading });
	await writeFile(path.join(root, "docs/benchmarks.md"), report);
	process.stdout.write(`\n${await readFile(path.join(root, "docs/benchmarks.md"), "utf8")}`);
});
