import { realpath } from "node:fs/promises";
import type { Log } from "../base/log";
import type { ScanLimits } from "./folderScan";
import { findHuggingFaceModels } from "./huggingFace";
import { findLlamaCppModels } from "./llamaCpp";
import { findLmStudioModels } from "./lmStudio";
import type { LocalModel, ModelStore, Surroundings } from "./localModel";
import { findOllamaModels } from "./ollama";
import { findOwnModels } from "./ownModels";

/** The time limit of a scan, in milliseconds: long enough for a slow disk. */
const longestScanMs = 10_000;
/** How long to wait for a pending read after that, in milliseconds. A drive that does not respond is then abandoned. */
const graceMs = 1_000;
const maxDepth = 6;
const maxEntries = 20_000;

export interface LocalModelSearch {
	readonly surroundings: Surroundings;
	/** The folder of the models that this extension downloaded. */
	readonly ownFolder: string;
	/** Receives the models of one store at a time. A file that two stores share is reported once. */
	readonly onFound: (models: readonly LocalModel[]) => void;
	readonly log: Log;
}

/**
 * Searches the folders of known programs for models, for eleven seconds at most. It never rejects, and never calls
 * `onFound` after it has settled.
 */
export async function findLocalModels(
	{ surroundings, ownFolder, onFound, log }: LocalModelSearch,
	signal: AbortSignal,
): Promise<void> {
	const limits: ScanLimits = {
		maxDepth,
		maxEntries,
		signal: AbortSignal.any([signal, AbortSignal.timeout(longestScanMs)]),
		log,
	};
	const left = AbortSignal.any([signal, AbortSignal.timeout(longestScanMs + graceMs)]);
	const known = new Set<string>();
	const tell = async (store: ModelStore, find: () => Promise<LocalModel[]>): Promise<void> => {
		try {
			const fresh: LocalModel[] = [];
			for (const model of await find()) {
				const file = await realpath(model.path);
				if (!known.has(file)) {
					known.add(file);
					fresh.push(model);
				}
			}
			if (!left.aborted && fresh.length > 0) {
				onFound(fresh);
			}
		} catch (error) {
			log.warn(`could not search ${store} for models: ${String(error)}`);
		}
	};
	const searches = Promise.all([
		tell("ours", () => findOwnModels(ownFolder, limits)),
		tell("lmStudio", () => findLmStudioModels(surroundings, limits)),
		tell("huggingFace", () => findHuggingFaceModels(surroundings, limits)),
		tell("llamaCpp", () => findLlamaCppModels(surroundings, limits)),
		tell("ollama", () => findOllamaModels(surroundings, limits)),
	]);
	await Promise.race([searches, aborted(left)]);
}

function aborted(signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		if (signal.aborted) {
			resolve();
		} else {
			signal.addEventListener(
				"abort",
				() => {
					resolve();
				},
				{ once: true },
			);
		}
	});
}
