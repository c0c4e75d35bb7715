import { realpath } from "node:fs/promises";
import type { Log } from "../base/log";
import type { ScanLimits } from "./folderScan";
import { findHuggingFaceModels } from "./huggingFace";
import { findLlamaCppModels } from "./llamaCpp";
import { findLmStudioModels } from "./lmStudio";
import type { LocalModel, ModelStore, Surroundings } from "./localModel";
import { findOllamaModels } from "./ollama";
import { findOwnModels } from "./ownModels";

/** Long enough for a slow disk. In milliseconds. */
const longestScanMs = 10_000;
/** After the end of the scan, for a read that still waits; then a drive that does not answer is left behind. */
const graceMs = 1_000;
const maxDepth = 6;
const maxEntries = 20_000;

/** What a search is made with. */
export interface LocalModelSearch {
	readonly surroundings: Surroundings;
	/** Where this extension keeps what it downloads. */
	readonly ownFolder: string;
	/** Hears of the models of one store at a time; a file that two stores hold is told once. */
	readonly onFound: (models: readonly LocalModel[]) => void;
	readonly log: Log;
}

/** Looks for models where programs are known to keep them, for eleven seconds at most. It never rejects, and nothing is told after
 * it has settled. */
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
			log.warn(`the search in ${store} failed: ${String(error)}`);
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
