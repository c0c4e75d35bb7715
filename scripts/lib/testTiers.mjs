import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { root } from "./paths.mjs";

/**
 * A kind of test, in a folder of test/.
 *
 * @typedef {object} TestTier
 * @property {string} name
 * @property {"mocha" | "extensionHost"} runsIn
 * @property {boolean} needsServer whether it needs the VS Code from `installVsCode`
 * @property {number} testLimitMs time limit of one test
 * @property {readonly string[]} mochaOptions
 */

/** Time limit of a tier, in milliseconds. */
export const tierLimitMs = 15 * 60_000;

/** Two files at a time, each in a separate process. */
const inTwos = ["--parallel", "--jobs", "2"];

/** @type {readonly TestTier[]} from fastest to slowest */
export const testTiers = [
	tier("unit", 10_000),
	{
		...tier("dom", 10_000),
		mochaOptions: ["--require", "out/test/support/view/domSetup.entry.cjs"],
	},
	tier("browser", 60_000),
	{ ...tier("contract", 60_000), mochaOptions: inTwos },
	{ ...tier("integration", 60_000), runsIn: "extensionHost", needsServer: true },
	{ ...tier("e2e", 120_000), needsServer: true },
	{ ...tier("package", 300_000), needsServer: true },
];

/** Takes the pictures of the documentation; not a part of `npm test`. */
export const pictures = { ...tier("pictures", 120_000), needsServer: true };

/**
 * @param {string} name
 * @param {number} testLimitMs
 * @returns {TestTier}
 */
function tier(name, testLimitMs) {
	return { name, runsIn: "mocha", needsServer: false, testLimitMs, mochaOptions: [] };
}

/**
 * @param {readonly string[]} names if empty, all existing tiers are chosen
 * @returns {readonly TestTier[]}
 * @throws {Error} if a name is unknown
 */
export function chooseTiers(names) {
	const unknown = names.find((name) => testTiers.every((known) => known.name !== name));
	if (unknown) {
		throw new Error(
			`Unknown tier: ${unknown}. Choose from ${testTiers.map(({ name }) => name).join(", ")}.`,
		);
	}
	return names.length > 0
		? testTiers.filter(({ name }) => names.includes(name))
		: testTiers.filter(({ name }) => existsSync(path.join(root, "test", name)));
}

/**
 * @param {TestTier} tier whose tests are bundled
 * @returns {readonly string[]} its test files, sorted by name
 */
export function testFiles({ name }) {
	const folder = path.join(root, "out/test", name);
	return readdirSync(folder, { recursive: true, encoding: "utf8" })
		.filter((file) => file.endsWith(".test.cjs"))
		.sort()
		.map((file) => path.join(folder, file));
}
