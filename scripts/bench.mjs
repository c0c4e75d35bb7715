// npm run bench [-- PART…]
// Measures the production build, and updates the sections of docs/benchmarks.md for the given parts, or all of them.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { benchmarkParts } from "./lib/benchmarkParts.mjs";
import { writeSection } from "./lib/benchmarkSection.mjs";
import { build } from "./lib/build.mjs";
import { main } from "./lib/main.mjs";
import { root } from "./lib/paths.mjs";
import { say } from "./lib/progress.mjs";

await main(async () => {
	const { positionals } = parseArgs({ allowPositionals: true });
	const names = benchmarkParts.map(({ name }) => name);
	const unknown = positionals.filter((name) => !names.includes(name));
	if (unknown.length > 0) {
		throw new Error(`Unknown part: ${unknown.join(", ")}. Choose from ${names.join(", ")}.`);
	}
	await build("--production", "--tests", "bench");
	for (const { name, title, measure } of benchmarkParts) {
		if (positionals.length === 0 || positionals.includes(name)) {
			say(title);
			await writeSection(title, await measure());
		}
	}
	process.stdout.write(`\n${await readFile(path.join(root, "docs/benchmarks.md"), "utf8")}`);
});
