import { formatBytes, formatCompact, formatCount } from "../../wording/format";
import { t } from "../../wording/localize";
import { estimateFit, type FreeMemory, type ModelFit } from "../../protocol/inference/modelFit";
import type { FoundModel, FoundRepository } from "../../protocol/download/modelSearch";
import { pickerText } from "../ui/pickerText";

/** An entry of a result list. */
export interface HubRow<T> {
	readonly label: string;
	readonly description: string;
	readonly detail: string;
	readonly found: T;
}

/** Returns one entry for each repository found. */
export function repositoryRows(found: readonly FoundRepository[]): HubRow<FoundRepository>[] {
	return found.map((repository) => ({
		label: pickerText(repository.name),
		description: joined(
			t("{0} downloads", formatCompact(repository.downloads)),
			repository.license !== null && pickerText(repository.license),
			repository.isGated && t("Requires an account"),
		),
		detail: joined(
			repository.parameterCount !== null &&
				t("{0} parameters", formatCompact(repository.parameterCount)),
			repository.trainedContextTokens !== null &&
				t("context of {0} tokens", formatCount(repository.trainedContextTokens)),
		),
		found: repository,
	}));
}

/** Returns one entry for each model of a repository. Its detail says whether the model fits this machine. */
export function modelRows(found: readonly FoundModel[], memory: FreeMemory): HubRow<FoundModel>[] {
	return found.map((model) => ({
		label: pickerText(model.label),
		description: joined(formatBytes(model.fileBytes), model.isDefault && t("Recommended")),
		detail: describeSize(model.fileBytes, memory),
		found: model,
	}));
}

/** Says whether a model fits. It names no layer counts: until the header is downloaded, only the file's size is known. */
function describeSize(fileBytes: number, memory: FreeMemory): string {
	const demand = { fileBytes, cacheBytesPerToken: undefined, totalLayers: unknownLayers };
	return inWords(estimateFit(demand, 0, memory));
}

/** Stands in for the unknown layer count, so that the estimate can place a part of the layers on the GPU. */
const unknownLayers = 32;

function inWords(fit: ModelFit): string {
	switch (fit.kind) {
		case "gpu":
			return t("Fits on the GPU");
		case "partly":
			return t("Fits partly on the GPU");
		case "cpu":
			return t("Fits into main memory");
		default:
			return t("Too large: {0} of memory is free", formatBytes(fit.freeBytes));
	}
}

function joined(...words: readonly (string | false)[]): string {
	return words.filter(Boolean).join(" · ");
}
