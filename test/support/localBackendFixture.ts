import { randomUUID } from "node:crypto";
import path from "node:path";
import { LoadedModels } from "../../src/extension/inference/loadedModels";
import { LocalBackend } from "../../src/extension/inference/localBackend";
import type { LocalBackendOptions } from "../../src/extension/inference/localBackendOptions";
import type { LocalModelSettings } from "../../src/extension/inference/modelSettings";
import { RecordedLog } from "./recordedLog";

const root = process.cwd();
export const demoModel = path.join(root, "test/fixtures/demo-model/tiny-chat.gguf");
export const inferenceModule = path.join(root, "dist/inference.cjs");
export const scriptedModule = path.join(root, "out/test/support/scriptedChild.entry.cjs");

/** A `LocalBackend` whose settings a test changes as it goes. */
export interface LocalBackendFixture {
	readonly backend: LocalBackend;
	readonly log: RecordedLog;
	settings: LocalModelSettings;
	/** Kills the process as the system would. */
	kill(): void;
}

/** Makes a backend over the demo model, one thread, on the processor, unless told otherwise. */
export function createLocalBackend(
	modulePath: string,
	settings: Partial<LocalModelSettings> = {},
	options: Partial<LocalBackendOptions> = {},
): LocalBackendFixture {
	const log = new RecordedLog();
	const fixture = {
		log,
		settings: {
			model: demoModel,
			contextTokens: 4096,
			gpu: "off" as const,
			gpuLayers: "auto" as const,
			threads: 1,
			unloadAfterMinutes: 0,
			...settings,
		},
	};
	const backend = new LocalBackend({
		modulePath,
		modelsDirectory: path.join(root, "out/models"),
		settings: () => fixture.settings,
		confirmDownload: () => Promise.resolve(false),
		// A folder of its own: tests know of no other windows.
		loadedModels: new LoadedModels(path.join(root, "out/loaded", randomUUID())),
		confirmSecondCopy: () => Promise.resolve(false),
		driverFingerprint: () => Promise.resolve(""),
		log,
		...options,
	});
	return Object.assign(fixture, {
		backend,
		kill: () => {
			if (backend.processId !== undefined) {
				process.kill(backend.processId, "SIGKILL");
			}
		},
	});
}
