// npm run test:faults
// Runs in full the tests of which `npm test` runs a part: tests that kill processes, fill disks, and break and cut data at
// random moments. Prints a table of the runs; the output above it contains the counts of each run.
import { build } from "./lib/build.mjs";
import { main } from "./lib/main.mjs";
import { runTier } from "./lib/runTier.mjs";
import { chooseTiers } from "./lib/testTiers.mjs";

/**
 * @typedef {object} FaultRun
 * @property {string} tier
 * @property {string} grep part of the full names of the tests
 * @property {Readonly<Record<string, string>>} counts environment variables that set how many rounds run
 */

/** @type {readonly FaultRun[]} */
const faultRuns = [
	{
		tier: "contract",
		grep: "Chats of a killed process",
		counts: { KILLS: "300" },
	},
	{
		tier: "contract",
		grep: "Chats that two processes write at random",
		counts: { SHARED_SECONDS: "60" },
	},
	{ tier: "contract", grep: "Chats on a failing disk", counts: { ALL_FAULTS: "1" } },
	{ tier: "contract", grep: "a damaged model", counts: { CORRUPT_MODELS: "30" } },
	{
		tier: "browser",
		grep: "Hostile words where there is no Markdown",
		counts: { ALL_WORDS: "1" },
	},
	{
		tier: "browser",
		grep: "Examples of the specifications of Markdown",
		counts: { SLICINGS: "100" },
	},
	{ tier: "integration", grep: "the inference process killed", counts: { KILLS: "60" } },
];

await main(async () => {
	await build("--tests", ...new Set(faultRuns.map(({ tier }) => tier)));
	const rows = [];
	let failures = 0;
	for (const { tier: name, grep, counts } of faultRuns) {
		const [tier] = chooseTiers([name]);
		if (!tier) {
			throw new Error(`Unknown tier: ${name}.`);
		}
		process.stdout.write(`\n=== ${grep}\n`);
		Object.assign(process.env, counts);
		const startedAt = performance.now();
		const { passed, failed, skipped } = await runTier(tier, grep);
		failures += failed + Number(passed === 0);
		rows.push({
			tests: grep,
			counts: Object.entries(counts)
				.map(([variable, value]) => `${variable}=${value}`)
				.join(" "),
			passed,
			failed,
			skipped: skipped.length,
			seconds: Math.round((performance.now() - startedAt) / 1000),
		});
	}
	console.table(rows);
	return failures > 0 ? 1 : 0;
});
