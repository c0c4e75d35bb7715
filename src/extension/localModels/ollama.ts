import { stat } from "node:fs/promises";
import path from "node:path";
import { folderIn } from "./cacheFolders";
import { isForChat } from "./ggufFolder";
import { scanFolder, type ScanLimits } from "./folderScan";
import type { LocalModel, Surroundings } from "./localModel";
import { quantizationIn } from "../../protocol/download/modelFileName";
import { weightsOf } from "./ollamaManifest";

/** The models folder of the service that Ollama's installer for Linux sets up. */
const serviceFolder = "/usr/share/ollama/.ollama/models";
/** Ollama reads `manifests-v2` first too. */
const manifestFolders = ["manifests-v2", "manifests"];

/**
 * Finds Ollama's models. The manifest `manifests/host/namespace/model/tag` names the blob with the weights. Blobs have
 * no suffix; those that are not chat models in GGUF format are left out.
 */
export async function findOllamaModels(
	surroundings: Surroundings,
	limits: ScanLimits,
): Promise<LocalModel[]> {
	const found = await Promise.all(
		ollamaFolders(surroundings).map((folder) => findInStore(folder, limits)),
	);
	return found.flat();
}

function ollamaFolders(surroundings: Surroundings): string[] {
	const chosen = folderIn(surroundings, "OLLAMA_MODELS");
	if (chosen !== undefined) {
		return [chosen];
	}
	const own = path.join(surroundings.home, ".ollama", "models");
	return surroundings.platform === "linux" ? [own, serviceFolder] : [own];
}

async function findInStore(store: string, limits: ScanLimits): Promise<LocalModel[]> {
	const models = new Map<string, LocalModel>();
	for (const folder of manifestFolders) {
		const root = path.join(store, folder);
		for (const manifest of await scanFolder(root, () => true, { ...limits, maxDepth: 3 })) {
			const name = nameOf(path.relative(root, manifest.path));
			if (name === undefined || models.has(name) || limits.signal.aborted) {
				continue;
			}
			try {
				const model = await readModel(name, manifest.path, path.join(store, "blobs"), limits);
				if (model) {
					models.set(name, model);
				}
			} catch (error) {
				limits.log.info(`skipped: ${manifest.path}: ${String(error)}`);
			}
		}
	}
	return [...models.values()];
}

/** Returns a model's name as Ollama lists it: without Ollama's own host and namespace. */
function nameOf(manifest: string): string | undefined {
	const [host, namespace, model, tag] = manifest.split(path.sep);
	if (host === undefined || namespace === undefined || model === undefined || tag === undefined) {
		return undefined;
	}
	const own = host === "registry.ollama.ai";
	const prefix = own ? (namespace === "library" ? "" : `${namespace}/`) : `${host}/${namespace}/`;
	return `${prefix}${model}:${tag}`;
}

async function readModel(
	name: string,
	manifest: string,
	blobs: string,
	limits: ScanLimits,
): Promise<LocalModel | undefined> {
	for (const blob of await weightsOf(manifest, blobs)) {
		const { size: fileBytes } = await stat(blob);
		if (await isForChat(blob, limits)) {
			const quantization = quantizationIn(name);
			return { store: "ollama", name, path: blob, parts: [blob], fileBytes, quantization };
		}
	}
	return undefined;
}
