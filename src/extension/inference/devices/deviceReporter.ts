import type {
	BackendFinding,
	BackendName,
	BackendProblem,
} from "../../../protocol/inference/deviceBackend";
import type {
	BackendReport,
	DeviceReport,
	EngineReport,
} from "../../../protocol/inference/deviceReport";
import { FindBackends, ReportDevice } from "../../../protocol/inference/inference";
import type { DeviceSelector } from "./deviceSelector";
import type { InferenceProcess } from "../inferenceProcess";
import { FailureError } from "../../../protocol/failureError";

export interface DeviceReporterParts {
	/** Starts a process in which a backend may crash. */
	readonly fork: () => InferenceProcess;
	/** The process that runs the model, if any. It only answers questions; nothing is loaded into it. */
	readonly running: InferenceProcess | undefined;
	readonly devices: Pick<DeviceSelector, "chosen" | "problems">;
}

/** The result of loading a backend. */
interface Probe {
	readonly findings: readonly BackendFinding[];
	readonly report: EngineReport | undefined;
	readonly problem: BackendProblem | undefined;
}

/**
 * Reports the devices of each backend. Loads each backend that does not hold the model in a separate process, because it
 * may crash. Does not try a backend again that has failed before.
 *
 * @returns `undefined` if aborted
 */
export async function reportDevices(
	{ fork, running, devices }: DeviceReporterParts,
	signal: AbortSignal,
): Promise<DeviceReport | undefined> {
	const holding = running && (await askRunning(running, signal));
	const cpu = await probe(fork, "cpu", signal);
	const backends: BackendReport[] = [];
	for (const { backend, problem } of cpu.findings) {
		const known = devices.problems.get(backend) ?? problem;
		const found =
			known ?? (holding?.backend === backend ? holding : await tryBackend(fork, backend, signal));
		backends.push(backendReport(backend, found, devices.chosen));
	}
	// A GPU backend that holds the model but has no device runs it on the CPU.
	const isLeftToCpu = holding && backends.some(({ isChosen, problem }) => isChosen && problem);
	const chosen = isLeftToCpu ? "cpu" : devices.chosen;
	backends.push(backendReport("cpu", cpu.report ?? cpu.problem, chosen));
	const engine = holding ?? cpu.report;
	return signal.aborted
		? undefined
		: {
				backends,
				loaded: holding?.loaded ?? undefined,
				machine: engine && {
					ram: cpu.report?.ram ?? engine.ram,
					processor: engine.processor,
					versions: engine.versions,
				},
			};
}

async function tryBackend(
	fork: DeviceReporterParts["fork"],
	backend: BackendName,
	signal: AbortSignal,
): Promise<EngineReport | BackendProblem> {
	const { report, problem } = await probe(fork, backend, signal);
	return report ?? problem ?? { kind: "notLoaded" };
}

function backendReport(
	backend: BackendName,
	found: EngineReport | BackendProblem | undefined,
	chosen: BackendName | undefined,
): BackendReport {
	const isChosen = backend === chosen;
	if (found === undefined || "kind" in found) {
		return { backend, problem: found, devices: undefined, isChosen };
	}
	const { devices } = found;
	const hasDevice = backend === "cpu" || devices.names.length > 0;
	return { backend, problem: hasDevice ? undefined : { kind: "noDevice" }, devices, isChosen };
}

/** Asks the process that runs the model. @returns `undefined` if it cannot answer yet, or ends meanwhile */
async function askRunning(
	running: InferenceProcess,
	signal: AbortSignal,
): Promise<EngineReport | undefined> {
	try {
		return running.hasEnded ? undefined : await running.request(ReportDevice, {}, signal);
	} catch {
		return undefined;
	}
}

/** Loads a backend in a separate process, and then ends the process. */
async function probe(
	fork: DeviceReporterParts["fork"],
	backend: BackendName,
	signal: AbortSignal,
): Promise<Probe> {
	let findings: readonly BackendFinding[] = [];
	if (signal.aborted) {
		return { findings, report: undefined, problem: undefined };
	}
	const child = fork();
	// A driver that hangs ignores cancellation.
	const kill = (): void => {
		child.dispose();
	};
	signal.addEventListener("abort", kill, { once: true });
	try {
		findings = await child.request(FindBackends, {}, signal);
		await child.initialize(backend === "cpu" ? "off" : backend, signal);
		const report = await child.request(ReportDevice, {}, signal);
		return { findings, report, problem: undefined };
	} catch (error) {
		return { findings, report: undefined, problem: problemOf(error) };
	} finally {
		signal.removeEventListener("abort", kill);
		await child.stop();
	}
}

function problemOf(error: unknown): BackendProblem {
	if (error instanceof FailureError && error.failure.kind === "gpuUnavailable") {
		return error.failure.problem;
	}
	if (error instanceof FailureError && error.failure.kind === "processCrashed") {
		const { exitCode, signal } = error.failure;
		return { kind: "died", exitCode, signal };
	}
	return { kind: "notLoaded" };
}
