// npm run bench:firstToken
// Measures how soon an answer begins to a message with attached code that was read ahead, on a model with random weights, and prints the figures.
import { spawn } from "node:child_process";
import path from "node:path";
import { build } from "./lib/build.mjs";
import { main } from "./lib/main.mjs";
import { root } from "./lib/paths.mjs";
import { modelShapes } from "./lib/randomModel.mjs";
import { sampleModel } from "./lib/sampleModel.mjs";
import { ending } from "./lib/shell.mjs";

await main(async () => {
	const [shape] = modelShapes;
	if (!shape) {
		throw new Error("There is no shape of a model.");
	}
	await build("--production", "--tests", "bench");
	const model = await sampleModel(shape, "Q4_0", 1);
	const entry = path.join(root, "out/test/bench/firstToken.entry.cjs");
	const child = spawn(process.execPath, [entry, model], { cwd: root, stdio: "inherit" });
	return (await ending(child)) === "0" ? 0 : 1;
});
