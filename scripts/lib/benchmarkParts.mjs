import { answersReport, loadingReport, startReport } from "./benchmarkReport.mjs";
import { measureActivation, measureBundles, measureEngine, measureLoading } from "./benchmarks.mjs";
import { canRunServer, installVsCode } from "./installVsCode.mjs";
import { modelShapes } from "./randomModel.mjs";
import { sampleModel } from "./sampleModel.mjs";

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
		name: "loading",
		title: "Loads of a model",
		measure: async () => {
			const [shape] = modelShapes;
			if (!shape) {
				throw new Error("There is no shape of a model.");
			}
			return loadingReport(await measureLoading(await sampleModel(shape, "Q4_0", 1)));
		},
	},
];
