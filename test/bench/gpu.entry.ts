import { describeDevice } from "../../src/wording/describeDevice";
import { describeDeviceReasons } from "../../src/wording/describeDeviceReason";
import { describeDeviceReport } from "../../src/extension/reports/describeDeviceReport";
import type { GpuChoice, ModelInfo } from "../../src/protocol/inference/model";
import { createLocalLanguageModel } from "../support/models/localModelFixture";

const [engine = "", model = "", tokens = ""] = process.argv.slice(2);
const contextTokens = 2048;
const never = new AbortController().signal;
/** The first answer of each device warms up caches and the GPU's shaders. */
const answers = 4;

interface Figures {
	readonly info: ModelInfo;
	readonly decodeTokensPerSecond: number;
	readonly promptTokensPerSecond: number;
	readonly loadMs: number;
}

/** Compares a GPU with the CPU on one model, and prints the device report and the figures. */
async function main(): Promise<number> {
	const gpu = await measure("auto");
	if (!gpu) {
		return 1;
	}
	const cpu = await measure("off");
	for (const { info, ...figures } of cpu ? [gpu, cpu] : [gpu]) {
		const { decodeTokensPerSecond, promptTokensPerSecond, loadMs } = figures;
		process.stdout.write(
			`${describeDevice(info.device)}: ${decodeTokensPerSecond.toFixed(1)} tokens/s written, ${promptTokensPerSecond.toFixed(0)} tokens/s of prompt read, loaded in ${Math.round(loadMs)} ms\n`,
		);
	}
	const ratio = gpu.decodeTokensPerSecond / (cpu?.decodeTokensPerSecond ?? NaN);
	process.stdout.write(`The GPU writes ${ratio.toPrecision(2)} times as fast as the processor.\n`);
	return 0;
}

/** Returns `undefined`, after reporting it, if a GPU was requested and none is used. */
async function measure(gpu: GpuChoice): Promise<Figures | undefined> {
	const { languageModel } = createLocalLanguageModel(engine, {
		model,
		gpu,
		contextTokens,
		threads: 0,
	});
	const startedAt = performance.now();
	const info = await languageModel.prepare(never);
	const loadMs = performance.now() - startedAt;
	if (!info) {
		throw new Error("The model was not loaded.");
	}
	const report = gpu === "off" ? undefined : await languageModel.reportDevices(never);
	if (report) {
		process.stdout.write(`${describeDeviceReport(report, surroundings(gpu), "withoutPaths")}\n`);
	}
	if (gpu !== "off" && info.device.kind === "cpu") {
		process.stdout.write(`No GPU is used: ${describeDeviceReasons(info.deviceReasons)}\n`);
		await languageModel.unload();
		return undefined;
	}
	const decode: number[] = [];
	const prompt: number[] = [];
	for (let round = 0; round < answers; round += 1) {
		// Each prompt starts differently, so that all of it is evaluated.
		const text = `${round} ${"seven green lamps shine over the harbour ".repeat(20)}`;
		const { stats } = await languageModel.generate(
			[{ role: "user", text }],
			{ maxTokens: Number(tokens), temperature: 0 },
			{ onPrefill: () => undefined, onText: () => undefined },
			never,
		);
		if (stats && round > 0) {
			decode.push((stats.answerTokens * 1000) / stats.decodeMs);
			prompt.push((stats.evaluatedTokens * 1000) / (stats.firstTokenMs || 1));
		}
	}
	await languageModel.unload();
	return {
		info,
		decodeTokensPerSecond: median(decode),
		promptTokensPerSecond: median(prompt),
		loadMs,
	};
}

function surroundings(gpu: GpuChoice) {
	return {
		home: "on this machine",
		system: `${process.platform} ${process.arch}`,
		settings: { gpu, gpuLayers: "auto", contextSize: contextTokens, threads: 0 },
		extensionVersion: "(from the repository)",
		vsCodeVersion: "(none)",
	} as const;
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

void main().then((code) => process.exit(code));
