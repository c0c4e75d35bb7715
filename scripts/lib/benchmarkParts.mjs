import {
	answersReport,
	firstTokenReport,
	importReport,
	loadingReport,
	resumeReport,
	tokensReport,
} from "./benchmarkReport.mjs";
import {
	measureBundles,
	measureEngine,
	measureFirstToken,
	measureImport,
	measureLoading,
	measureResume,
	measureStart,
	measureTokens,
	measureView,
} from "./benchmarks.mjs";
import { installVsCode } from "./installVsCode.mjs";
import { modelShapes } from "./randomModel.mjs";
import { recitingModel, sampleModel } from "./sampleModel.mjs";
import { startReport } from "./startReport.mjs";
import { viewReport } from "./viewReport.mjs";

/**
 * A part of the benchmarks that `npm run bench` can measure alone.
 *
 * @typedef {object} BenchmarkPart
 * @property {string} name its argument on the command line
 * @property {string} title of its section in docs/benchmarks.md
 * @property {() => Promise<string>} measure returns the Markdown of the section, given a production build
 */

/** @type {readonly BenchmarkPart[]} in the order of the sections */
export const benchmarkParts = [
	{
		name: "start",
		title: "Startup",
		measure: async () => {
			await installVsCode();
			return startReport(await measureStart(), await measureBundles());
		},
	},
	{
		name: "view",
		title: "Frames of the chat view",
		measure: async () => viewReport(await measureView()),
	},
	{
		name: "engine",
		title: "Answers of the demo model",
		measure: async () => answersReport(await measureEngine()),
	},
	{
		name: "tokens",
		title: "Tokens per second",
		measure: async () => tokensReport(await measureTokens(await recitingModel(commonShape()))),
	},
	{
		name: "loading",
		title: "Model loading",
		measure: async () =>
			loadingReport(await measureLoading(await sampleModel(commonShape(), "Q4_0", 1))),
	},
	{
		name: "firstToken",
		title: "Prompt preloading",
		measure: async () =>
			firstTokenReport(await measureFirstToken(await sampleModel(commonShape(), "Q4_0", 1))),
	},
	{
		name: "resume",
		title: "Prompt cache",
		measure: async () =>
			resumeReport(await measureResume(await sampleModel(commonShape(), "Q4_0", 1))),
	},
	{
		name: "import",
		title: "Import of 500 MB",
		measure: async () => importReport(await measureImport(500)),
	},
];

function commonShape() {
	const [shape] = modelShapes;
	if (!shape) {
		throw new Error("No model shape is defined.");
	}
	return shape;
}
