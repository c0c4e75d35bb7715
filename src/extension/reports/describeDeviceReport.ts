import { assertNever } from "../../protocol/assertNever";
import { describeStandIn } from "../../wording/describeTemplate";
import { backendTitle, describeBackendProblem } from "../../wording/describeBackend";
import { describeDeviceReasons } from "../../wording/describeDeviceReason";
import type {
	BackendReport,
	DeviceReport,
	LoadReport,
	MemoryState,
} from "../../protocol/inference/deviceReport";
import { describeCount, formatBytes, formatCount } from "../../wording/format";
import { escapeMarkdown } from "../../protocol/text/markdownText";
import type { GpuChoice, GpuLayers } from "../../protocol/inference/model";

/** What the report says beside what the engine knows. */
export interface ReportSurroundings {
	/** On which machine the model runs, as a clause: "on this machine". */
	readonly home: string;
	/** "linux x64" */
	readonly system: string;
	readonly settings: {
		readonly gpu: GpuChoice;
		readonly gpuLayers: GpuLayers;
		/** Tokens; 0: as many as fit. */
		readonly contextSize: number;
		/** 0: chosen for the machine. */
		readonly threads: number;
	};
	readonly extensionVersion: string;
	readonly vsCodeVersion: string;
}

/** The report for the person, or one without paths for others' eyes. */
export type ReportPart = "whole" | "withoutPaths";

/** @returns the report as Markdown. */
export function describeDeviceReport(
	report: DeviceReport,
	surroundings: ReportSurroundings,
	part: ReportPart,
): string {
	const { machine, loaded, backends } = report;
	const { settings, home, system, extensionVersion, vsCodeVersion } = surroundings;
	const sections: readonly (readonly [string, readonly string[]])[] = [
		["Model", loaded ? describeLoaded(loaded, part) : ["Not loaded: it is with the next message."]],
		["Backends", backends.map(describeBackend)],
		[
			"Machine",
			[
				`The model runs ${home}`,
				`System: ${system}`,
				...(machine
					? [
							`Memory: ${describeMemory(machine.ram)}`,
							`Processor: ${machine.processor.mathCores} cores for computing; ${machine.processor.usableCores} can be used, hyper-threads included`,
						]
					: ["llama.cpp cannot be loaded on this machine; the log says why"]),
			],
		],
		[
			"Settings",
			[
				`Gpu: ${settings.gpu}`,
				`Gpu Layers: ${settings.gpuLayers}`,
				`Context Size: ${formatCount(settings.contextSize)}`,
				`Threads: ${settings.threads}`,
			],
		],
		[
			"Versions",
			[
				`Local LLM Chatbot ${extensionVersion}`,
				`VS Code ${vsCodeVersion}`,
				...(machine
					? [
							`llama.cpp ${machine.versions.llamaCpp}`,
							`node-llama-cpp ${machine.versions.nodeLlamaCpp}`,
							`Node ${machine.versions.node}`,
						]
					: []),
			],
		],
	];
	const text = sections.map(
		([title, lines]) => `## ${title}\n\n${lines.map((line) => `- ${line}\n`).join("")}`,
	);
	return ["# Local LLM: Device Report\n", ...text].join("\n");
}

function describeLoaded(
	{ info, gpuLayers, totalLayers, contextReason, threadsAreSet }: LoadReport,
	part: ReportPart,
): readonly string[] {
	const { device, memoryBytes } = info;
	const threads = describeCount(device.threads, "thread");
	const gpuMemory = memoryBytes.gpu > 0 ? `, ${formatBytes(memoryBytes.gpu)} of the GPU's` : "";
	return [
		`${escapeMarkdown(info.name)} (${escapeMarkdown(info.architecture)}, ${formatBytes(info.fileBytes)})`,
		...(part === "whole" ? [`File: ${escapeMarkdown(info.path)}`] : []),
		`Runs on ${device.kind === "gpu" ? `${backendTitle(device.backend)}: ${escapeMarkdown(device.deviceNames.join(", "))}` : "the processor"}`,
		`Why: ${escapeMarkdown(describeDeviceReasons(info.deviceReasons))}`,
		`Layers: ${gpuLayers} of ${totalLayers} on the GPU, ${totalLayers - gpuLayers} on the processor`,
		`Context: ${formatCount(info.contextTokens)} tokens, ${describeContextReason(contextReason)}`,
		`Processor: ${threads}${threadsAreSet ? ", as the setting Threads says" : " now, as many as are fastest beside what else the machine does"}`,
		...(info.templateStandIn
			? [`Chat template: ${escapeMarkdown(describeStandIn(info.templateStandIn))}`]
			: []),
		`Takes ${formatBytes(memoryBytes.ram)} of main memory${gpuMemory}`,
	];
}

function describeContextReason(reason: LoadReport["contextReason"]): string {
	switch (reason) {
		case "setting":
			return "as the setting Context Size says";
		case "trained":
			return "the most that the model was trained for";
		case "memory":
			return "the most that fits into memory";
		default:
			return assertNever(reason);
	}
}

function describeBackend({ backend, problem, devices, isChosen }: BackendReport): string {
	const title = `**${backendTitle(backend)}**`;
	if (problem) {
		return `${title}: ${describeBackendProblem(backend, problem)}`;
	}
	const names = devices?.names ?? [];
	const found = names.length > 0 ? escapeMarkdown(names.join(", ")) : "the processor";
	return `${title}${isChosen ? " (in use)" : ""}: ${found}${devices?.memory ? `, ${describeMemory(devices.memory)}` : ""}`;
}

function describeMemory({ totalBytes, freeBytes }: MemoryState): string {
	return `${formatBytes(totalBytes)}, ${formatBytes(freeBytes)} free`;
}
