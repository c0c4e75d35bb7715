import { answersReport, loadingReport, startReport, tokensReport } from "./benchmarkReport.mjs";
import {
	measureActivation,
	measureBundles,
	measureEngine,
	measureLoading,
	measureTokens,
} from "./benchmarks.mjs";
import { canRunServer, installVsCode } from "./installVsCode.mjs";
import { modelShapes } from "./randomModel.mjs";
import { recitingModel, sampleModel } from "./sampleModel.mjs";

/**
 * What `npm run bench` can measure by itself.
 *
 * @typedef {object} BenchmarkPart
 * @property {string} name as it is given to the command
 * @property {string} title of its section in docs/benchmarks.md
 * @property {() => Promise<string>} measure returns the section's Markdown; the production build is there
 */

/** @type {readonly BenchmarkPart[]} in the order of their sections */
export const benchmarkParts = [
	{
		name: "start",
		title: "Start of the extension",
		measure: async () => {
			if (canRunServer) {
				await installVsCode();
			}
			return startReport(await measureActivation(), await measureBundles());
		},
	},
	{
		name: "engine",
		title: "Answers of the demo model",
		measure: async () => answersReport(await measureEngine()),
	},
	{
		name: "tokens",
		title: "Tokens per second",
		measure: async () => {
			const shape = commonShape();
			const part = { ...shape, name: `${shape.name}-4-layers`, layers: 4 };
			const figures = await measureTokens(await recitingModel(shape), await recitingModel(part));
			return tokensReport(figures);
		},
	},
	{
		name: "loading",
		title: "Loads of a model",
		measure: async () =>
			loadingReport(await measureLoading(await sampleModel(commonShape(), "Q4_0", 1))),
	},
];

function commonShape() {
	const [shape] = modelShapes;
	if (!shape) {
		throw new Error("There is no shape of a model.");
	}
	return shape;
}
