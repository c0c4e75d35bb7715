import { randomUUID } from "node:crypto";
import path from "node:path";
import { systemClock } from "../../../src/extension/base/clock";
import { LoadedModels } from "../../../src/extension/inference/loadedModels";
import { LocalLanguageModel } from "../../../src/extension/inference/localLanguageModel";
import type { LocalLanguageModelParts } from "../../../src/extension/inference/localLanguageModelParts";
import {
	ModelFetcher,
	type ModelFetcherOptions,
} from "../../../src/extension/download/modelFetcher";
import type { LocalModelSettings } from "../../../src/extension/inference/modelSettings";
import type { EngineCrash } from "../../../src/protocol/inference/crashReport";
import type { NetworkSettings } from "../../../src/protocol/download/download";
import { RecordedLog } from "../recordedLog";

const root = process.cwd();
export const demoModel = path.join(root, "test/fixtures/demo-model/tiny-chat.gguf");
export const inferenceModule = path.join(root, "dist/inference.cjs");
export const downloadModule = path.join(root, "dist/download.cjs");
export const scriptedModule = path.join(root, "out/test/support/scripted/scriptedChild.entry.cjs");

/** A `LocalLanguageModel` whose settings a test can change at any time. */
export interface LocalModelFixture {
	readonly languageModel: LocalLanguageModel;
	readonly log: RecordedLog;
	/** The details of each crash, and the texts of the request that was running. */
	readonly crashes: readonly { readonly crash: EngineCrash; readonly texts: readonly string[] }[];
	settings: LocalModelSettings;
	/** Kills the process, as the system would. */
	kill(): void;
}

/** Creates a language model with the demo model, on one CPU thread unless the options say otherwise. */
export function createLocalLanguageModel(
	modulePath: string,
	settings: Partial<LocalModelSettings> = {},
	options: Partial<LocalLanguageModelParts> = {},
): LocalModelFixture {
	const log = new RecordedLog();
	const crashes: LocalModelFixture["crashes"][number][] = [];
	const fixture = {
		log,
		crashes,
		settings: {
			model: demoModel,
			contextTokens: 4096,
			gpu: "off" as const,
			gpuLayers: "auto" as const,
			threads: 1,
			unloadAfterMinutes: 0,
			stateCacheMegabytes: 2048,
			...settings,
		},
	};
	const languageModel = new LocalLanguageModel({
		modulePath,
		settings: () => fixture.settings,
		obtainModel: () => Promise.resolve(undefined),
		// A separate folder, so that tests see no other windows.
		loadedModels: new LoadedModels(path.join(root, "out/loaded", randomUUID())),
		confirmSecondCopy: () => Promise.resolve(false),
		driverFingerprint: () => Promise.resolve(""),
		clock: systemClock,
		onCrash: (crash, texts) => {
			crashes.push({ crash, texts });
		},
		log,
		...options,
	});
	return Object.assign(fixture, {
		languageModel,
		kill: () => {
			if (languageModel.processId !== undefined) {
				process.kill(languageModel.processId, "SIGKILL");
			}
		},
	});
}

/** Creates a model fetcher that contacts only the hosts in a test's addresses. */
export function createModelFetcher(
	options: Partial<ModelFetcherOptions> & Pick<ModelFetcherOptions, "modelsDirectory">,
): ModelFetcher {
	return new ModelFetcher({
		modulePath: downloadModule,
		network: () => networkTo("http://127.0.0.1:9"),
		tokens: { get: () => Promise.resolve(undefined), ask: () => Promise.resolve(false) },
		confirmDownload: () => Promise.resolve(true),
		log: new RecordedLog(),
		...options,
	});
}

/** Returns network settings without a proxy, with the test's own hub. */
export function networkTo(endpoint: string): NetworkSettings {
	return { endpoint, proxy: "", noProxy: "", proxyAuthorization: "", strictTls: true };
}
