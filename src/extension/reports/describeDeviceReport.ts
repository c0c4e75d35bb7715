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
import { formatBytes, formatCount } from "../../wording/format";
import { escapeMarkdown } from "../../protocol/text/markdownText";
import type { GpuChoice, GpuLayers } from "../../protocol/inference/model";
import { plural, t } from "../../wording/localize";
import { formatList } from "../../wording/intl";

/** Facts for the report that the engine does not know. */
export interface ReportSurroundings {
	/** A sentence that says on which machine the model runs. */
	readonly home: string;
	/** "linux x64" */
	readonly system: string;
	readonly settings: {
		readonly gpu: GpuChoice;
		readonly gpuLayers: GpuLayers;
		/** In tokens; 0 for as many as fit. */
		readonly contextSize: number;
		/** 0 for an automatic number. */
		readonly threads: number;
	};
	readonly extensionVersion: string;
	readonly vsCodeVersion: string;
}

/** The whole report for the user, or one without paths for bug reports. */
export type ReportPart = "whole" | "withoutPaths";

/** Returns the report as Markdown. */
// eslint-disable-next-line max-lines-per-function -- it lists every line of the report
export function describeDeviceReport(
	report: DeviceReport,
	surroundings: ReportSurroundings,
	part: ReportPart,
): string {
	const { machine, loaded, backends } = report;
	const { settings, home, system, extensionVersion, vsCodeVersion } = surroundings;
	const sections: readonly (readonly [string, readonly string[]])[] = [
		[
			t("Model"),
			loaded ? describeLoaded(loaded, part) : [t("Not loaded. Your next message loads it.")],
		],
		[t("Backends"), backends.map(describeBackend)],
		[
			t("Machine"),
			[
				home,
				t("System: {0}", system),
				...(machine
					? [
							t("Memory: {0}", describeMemory(machine.ram)),
							t(
								"Processor: {0} cores for computing, {1} logical cores available",
								formatCount(machine.processor.mathCores),
								formatCount(machine.processor.usableCores),
							),
						]
					: [t("llama.cpp cannot be loaded on this machine. See the log for details.")]),
			],
		],
		[
			t("Settings"),
			[
				t("Gpu: {0}", settings.gpu),
				t("Gpu Layers: {0}", String(settings.gpuLayers)),
				t("Context Size: {0}", formatCount(settings.contextSize)),
				t("Threads: {0}", formatCount(settings.threads)),
			],
		],
		[
			t("Versions"),
			[
				t("Local LLM Chatbot {0}", extensionVersion),
				t("VS Code {0}", vsCodeVersion),
				...(machine
					? [
							t("llama.cpp {0}", machine.versions.llamaCpp),
							t("node-llama-cpp {0}", machine.versions.nodeLlamaCpp),
							t("Node {0}", machine.versions.node),
						]
					: []),
			],
		],
	];
	const text = sections.map(
		([title, lines]) => `## ${title}\n\n${lines.map((line) => `- ${line}\n`).join("")}`,
	);
	return [
		`# ${t("Local LLM: Device Report")}\n`,
		...(part === "whole"
			? [
					`${t("To report a bug, run “Local LLM: Copy Device Report”. It copies this report without paths and names.")}\n`,
				]
			: []),
		...text,
	].join("\n");
}

function describeLoaded(
	{ info, gpuLayers, totalLayers, contextReason, threadsAreSet }: LoadReport,
	part: ReportPart,
): readonly string[] {
	const { device, memoryBytes } = info;
	const ram = formatBytes(memoryBytes.ram);
	return [
		`${escapeMarkdown(info.name)} (${escapeMarkdown(info.architecture)}, ${formatBytes(info.fileBytes)})`,
		...(part === "whole" ? [t("File: {0}", escapeMarkdown(info.path))] : []),
		device.kind === "gpu"
			? t(
					"Device: {0}, {1}",
					backendTitle(device.backend),
					escapeMarkdown(formatList(device.deviceNames)),
				)
			: t("Device: CPU"),
		t("Reason: {0}", escapeMarkdown(describeDeviceReasons(info.deviceReasons))),
		t(
			"Layers: {0} of {1} on the GPU, {2} on the CPU",
			formatCount(gpuLayers),
			formatCount(totalLayers),
			formatCount(totalLayers - gpuLayers),
		),
		describeContext(info.contextTokens, contextReason),
		threadsAreSet
			? plural(
					device.threads,
					"CPU: {0} thread, as the setting “Local LLM: Threads” says",
					"CPU: {0} threads, as the setting “Local LLM: Threads” says",
				)
			: plural(
					device.threads,
					"CPU: {0} thread at present, adapted to the load of the machine",
					"CPU: {0} threads at present, adapted to the load of the machine",
				),
		...(info.templateStandIn
			? [t("Chat template: {0}", escapeMarkdown(describeStandIn(info.templateStandIn)))]
			: []),
		memoryBytes.gpu > 0
			? t("Memory: {0}, and {1} of GPU memory", ram, formatBytes(memoryBytes.gpu))
			: t("Memory: {0}", ram),
	];
}

function describeContext(tokens: number, reason: LoadReport["contextReason"]): string {
	const count = formatCount(tokens);
	switch (reason) {
		case "setting":
			return t("Context: {0} tokens, as the setting “Local LLM: Context Size” says", count);
		case "trained":
			return t("Context: {0} tokens, the most that the model was trained for", count);
		case "memory":
			return t("Context: {0} tokens, the most that fits into memory", count);
		default:
			return assertNever(reason);
	}
}

function describeBackend({ backend, problem, devices, isChosen }: BackendReport): string {
	const name = `**${backendTitle(backend)}**`;
	const title = isChosen ? t("{0} (in use)", name) : name;
	if (problem) {
		return t("{0}: {1}", title, describeBackendProblem(backend, problem));
	}
	const names = devices?.names ?? [];
	const found = names.length > 0 ? escapeMarkdown(formatList(names)) : t("the CPU");
	return devices?.memory
		? t("{0}: {1}, {2}", title, found, describeMemory(devices.memory))
		: t("{0}: {1}", title, found);
}

function describeMemory({ totalBytes, freeBytes }: MemoryState): string {
	return t("{0}, {1} free", formatBytes(totalBytes), formatBytes(freeBytes));
}
