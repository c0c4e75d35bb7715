import { formatBytes } from "../../protocol/format";
import { describeFit, estimateFit, type FreeMemory } from "../../protocol/modelFit";
import { modelDisplayName } from "../inference/modelFiles";
import type { LocalModel, ModelStore } from "../localModels/localModel";
import type { CatalogueModel } from "./catalogue";

/** A line of the list of models: a heading, or something to choose. */
export type PickerRow =
	| { readonly kind: "heading"; readonly label: string }
	| (RowWords & { readonly kind: "local"; readonly model: LocalModel })
	/** `model` is a value of `localLlm.model` that is not among the models found. */
	| (RowWords & { readonly kind: "setting"; readonly model: string })
	| (RowWords & { readonly kind: "file" | "address" });

interface RowWords {
	readonly label: string;
	readonly description: string;
	readonly detail: string;
}

export interface PickerContents {
	/** What was found so far. */
	readonly local: readonly LocalModel[];
	readonly catalogue: readonly CatalogueModel[];
	/** Values of `localLlm.model`: what it is now, by default, and what was chosen before. */
	readonly current: string;
	readonly defaultModel: string;
	readonly recent: readonly string[];
	/** What `recent` and `current` were called when they were chosen. */
	readonly nameOf: (model: string) => string | undefined;
	readonly memory: FreeMemory;
	/** `localLlm.contextSize`: 0: as many as fit. */
	readonly contextTokens: number;
}

/** Context that is worth loading a model for, when the setting leaves the size open. */
const leastContextTokens = 512;

const stores: Readonly<Record<ModelStore, string>> = {
	ours: "Downloaded here",
	lmStudio: "LM Studio",
	huggingFace: "Hugging Face cache",
	llamaCpp: "llama.cpp cache",
	ollama: "Ollama",
};

/** @returns all lines of the list, in order; a section without models has no heading. */
export function pickerRows(contents: PickerContents): PickerRow[] {
	return [
		...section("On this machine", localRows(contents)),
		...section("Chosen before", otherRows(contents)),
		...section("Catalogue", catalogueRows(contents)),
		{ kind: "heading", label: "Others" },
		{
			kind: "file",
			label: "Choose a .gguf file…",
			description: "On this machine, used where it lies",
			detail: "",
		},
		{
			kind: "address",
			label: "Enter a Hugging Face model…",
			description: "Or an https address; downloaded once, after a question",
			detail: "",
		},
	];
}

function section(label: string, rows: readonly PickerRow[]): PickerRow[] {
	return rows.length === 0 ? [] : [{ kind: "heading", label }, ...rows];
}

function localRows({ local, current }: PickerContents): PickerRow[] {
	return [...local]
		.sort((a, b) => a.name.localeCompare(b.name, "en") || (a.path < b.path ? -1 : 1))
		.map((model) => ({
			kind: "local",
			label: model.name,
			description: joined(
				model.path === current && "Current",
				stores[model.store],
				formatBytes(model.fileBytes),
				model.quantization,
			),
			detail: model.path,
			model,
		}));
}

/** The present model and those chosen before, where no other section has them. */
function otherRows({ local, catalogue, current, recent, nameOf }: PickerContents): PickerRow[] {
	const models = new Set([current, ...recent]);
	models.delete("");
	for (const { path } of local) {
		models.delete(path);
	}
	for (const { address } of catalogue) {
		models.delete(address);
	}
	return [...models].map((model) => ({
		kind: "setting",
		label: nameOf(model) ?? modelDisplayName(model),
		description: model === current ? "Current" : "",
		detail: model,
		model,
	}));
}

function catalogueRows(contents: PickerContents): PickerRow[] {
	const { catalogue, current, defaultModel, memory } = contents;
	return catalogue.map((model) => {
		const contextTokens = Math.min(
			contents.contextTokens || leastContextTokens,
			model.trainedContextTokens,
		);
		// llama.cpp counts the output as a layer too.
		const fit = estimateFit({ ...model, totalLayers: model.layers + 1 }, contextTokens, memory);
		return {
			kind: "setting",
			label: model.name,
			description: joined(
				model.address === current && "Current",
				model.address === defaultModel && "Default",
				formatBytes(model.fileBytes),
				model.license,
			),
			detail: joined(model.goodFor, describeFit(fit)),
			model: model.address,
		};
	});
}

function joined(...words: readonly (string | false | undefined)[]): string {
	return words.filter(Boolean).join(" · ");
}
