import path from "node:path";
import { glimpse } from "../../gguf/glimpse";
import { canChat } from "../../protocol/download/modelKind";
import { scanFolder, type FoundFile, type ScanLimits } from "./folderScan";
import type { LocalModel, ModelStore } from "./localModel";
import {
	isGgufName,
	modelNameOf,
	parseSplitPart,
	quantizationIn,
} from "../../protocol/download/modelFileName";

/**
 * Finds the chat models among the .gguf files below a folder. A split model with a missing part is left out.
 *
 * @param nameOf makes a model's display name from its path
 */
export async function findModelsInFolder(
	store: ModelStore,
	folder: string,
	limits: ScanLimits,
	nameOf: (file: string) => string = modelNameOf,
): Promise<LocalModel[]> {
	const files = await scanFolder(folder, isGgufName, limits);
	const models: LocalModel[] = [];
	for (const parts of gatherParts(files, limits)) {
		const [first] = parts;
		if (limits.signal.aborted) {
			break;
		}
		if (await isForChat(first.path, limits)) {
			models.push({
				store,
				name: nameOf(first.path),
				path: first.path,
				parts: parts.map((part) => part.path),
				fileBytes: parts.reduce((sum, { fileBytes }) => sum + fileBytes, 0),
				quantization: quantizationIn(modelNameOf(first.path)),
			});
		}
	}
	return models;
}

/** Returns whether a file contains a chat model, judging by its header and name. */
export async function isForChat(file: string, { log }: Pick<ScanLimits, "log">): Promise<boolean> {
	const seen = await glimpse(file);
	if (typeof seen === "string" && canChat(seen)) {
		return true;
	}
	log.info(`skipped: ${typeof seen === "string" ? seen : seen.kind}: ${file}`);
	return false;
}

type Parts = readonly [FoundFile, ...FoundFile[]];

/** Returns the files of each complete model, in the order of its parts. */
function gatherParts(files: readonly FoundFile[], { log }: ScanLimits): Parts[] {
	const split = new Map<string, { count: number; parts: Map<number, FoundFile> }>();
	const models: Parts[] = [];
	for (const file of files) {
		const part = parseSplitPart(path.basename(file.path));
		if (!part) {
			models.push([file]);
			continue;
		}
		const key = path.join(path.dirname(file.path), `${part.stem} ${part.count}`);
		const whole = split.get(key) ?? { count: part.count, parts: new Map<number, FoundFile>() };
		split.set(key, whole);
		whole.parts.set(part.index, file);
	}
	for (const { count, parts } of split.values()) {
		const ordered = [...parts].sort(([a], [b]) => a - b).map(([, file]) => file);
		const [first, ...others] = ordered;
		if (first && ordered.length === count && parts.has(1) && parts.has(count)) {
			models.push([first, ...others]);
		} else {
			log.info(`skipped: found ${ordered.length} of ${count} parts: ${first?.path ?? ""}`);
		}
	}
	return models;
}
