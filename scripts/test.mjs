// npm test [-- TIER… --grep TEXT]
// Bundles and runs the given tiers, by default all. With --grep, runs only the tests whose full name contains TEXT. The
// last line is "N passed, N failed", with ", N skipped" if there are any.
import { parseArgs } from "node:util";
import { build } from "./lib/build.mjs";
import { canRunServer, installVsCode } from "./lib/installVsCode.mjs";
import { main } from "./lib/main.mjs";
import { runTier } from "./lib/runTier.mjs";
import { chooseTiers } from "./lib/testTiers.mjs";

await main(async () => {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { grep: { type: "string" } },
	});
	const tiers = chooseTiers(positionals);
	if (canRunServer && tiers.some(({ needsServer }) => needsServer)) {
		await installVsCode();
	}
	await build("--tests", ...tiers.map(({ name }) => name));

	const lines = [];
	const total = { passed: 0, failed: 0, skipped: 0 };
	for (const tier of tiers) {
		process.stdout.write(`\n=== ${tier.name}\n`);
		const startedAt = performance.now();
		const { passed, failed, skipped } = await runTier(tier, values.grep);
		const seconds = Math.round((performance.now() - startedAt) / 1000);
		total.passed += passed;
		total.failed += failed;
		total.skipped += skipped.length;
		lines.push(
			`${tier.name}: ${counts({ passed, failed, skipped: skipped.length })} (${seconds} s)`,
		);
		lines.push(...skipped.map((title) => `  skipped ${title}`));
	}
	process.stdout.write(`\n${[...lines, "", counts(total)].join("\n")}\n`);
	return total.failed > 0 || total.passed === 0 ? 1 : 0;
});

/** @param {{ passed: number, failed: number, skipped: number }} counted */
function counts({ passed, failed, skipped }) {
	return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
