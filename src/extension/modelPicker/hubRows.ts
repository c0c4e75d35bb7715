import { formatBytes, formatCompact, formatCount } from "../../wording/format";
import { estimateFit, type FreeMemory, type ModelFit } from "../../protocol/inference/modelFit";
import type { FoundModel, FoundRepository } from "../../protocol/download/modelSearch";
import { pickerText } from "../ui/pickerText";

/** What a line of a list shows. */
export interface HubRow<T> {
	readonly label: string;
	readonly description: string;
	readonly detail: string;
	readonly found: T;
}

/** @returns the lines of repositories that were found. */
export function repositoryRows(found: readonly FoundRepository[]): HubRow<FoundRepository>[] {
	return found.map((repository) => ({
		label: pickerText(repository.name),
		description: joined(
			`${formatCompact(repository.downloads)} downloads`,
			repository.license !== null && pickerText(repository.license),
			repository.isGated && "Needs an account",
		),
		detail: joined(
			repository.parameterCount !== null &&
				`${formatCompact(repository.parameterCount)} parameters`,
			repository.trainedContextTokens !== null &&
				`${formatCount(repository.trainedContextTokens)} tokens of context`,
		),
		found: repository,
	}));
}

/** @returns the lines of a repository's models, each with whether it fits the machine. */
export function modelRows(found: readonly FoundModel[], memory: FreeMemory): HubRow<FoundModel>[] {
	return found.map((model) => ({
		label: pickerText(model.label),
		description: joined(formatBytes(model.fileBytes), model.isDefault && "Recommended"),
		detail: describeSize(model.fileBytes, memory),
		found: model,
	}));
}

/** Only the size is known before the file's header is read, so layers are not counted. */
function describeSize(fileBytes: number, memory: FreeMemory): string {
	const demand = { fileBytes, cacheBytesPerToken: undefined, totalLayers: unknownLayers };
	return inWords(estimateFit(demand, 0, memory));
}

/** Any number that lets a part of them be on the GPU. */
const unknownLayers = 32;

function inWords(fit: ModelFit): string {
	switch (fit.kind) {
		case "gpu":
			return "Fits on the GPU";
		case "partly":
			return "Fits partly on the GPU";
		case "cpu":
			return "Fits into main memory";
		default:
			return `Too large: ${formatBytes(fit.freeBytes)} of memory is free`;
	}
}

function joined(...words: readonly (string | false)[]): string {
	return words.filter(Boolean).join(" · ");
}
