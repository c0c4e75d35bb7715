import path from "node:path";
import { formatBytes, formatCount } from "../../wording/format";
import type { ModelDetails, ModelInfo } from "../../protocol/inference/model";
import { estimateFit, type FreeMemory } from "../../protocol/inference/modelFit";
import { describeFit } from "../../wording/describeFit";
import { withoutSecrets } from "../../protocol/text/withoutSecrets";
import { modelDisplayName } from "../inference/modelFiles";
import type { LocalModel, ModelStore } from "../localModels/localModel";
import type { CatalogueModel } from "./catalogue";

/** A line of the list of models: a heading, or something to choose. */
export type PickerRow =
	| { readonly kind: "heading"; readonly label: string }
	| CurrentRow
	| (RowWords & { readonly kind: "local"; readonly model: LocalModel })
	/** `model` is a value of `localLlm.model` that is not among the models found. */
	| (RowWords & { readonly kind: "setting"; readonly model: string })
	| (RowWords & { readonly kind: "file" | "search" | "address" });

/** The model that the settings name. */
export interface CurrentRow extends RowWords {
	readonly kind: "current";
	/** As it was found on this machine, if it was. */
	readonly local: LocalModel | undefined;
	/** Where its file lies, if that is known. Absolute. */
	readonly file: string | undefined;
}

interface RowWords {
	readonly label: string;
	readonly description: string;
	readonly detail: string;
}

export interface PickerContents {
	/** What was found so far. */
	readonly local: readonly LocalModel[];
	readonly catalogue: readonly CatalogueModel[];
	/** The value of `localLlm.model`; empty if it names none. */
	readonly current: string;
	/** What `current` is called everywhere else. */
	readonly currentName: string;
	/** `current`, if it is in memory. */
	readonly loaded: ModelInfo | undefined;
	/** What the file of `current` says, if it lies on this machine and was read. */
	readonly inspected: ModelDetails | undefined;
	/** Values of `localLlm.model`: by default, and what was chosen before. */
	readonly defaultModel: string;
	readonly recent: readonly string[];
	/** What `recent` were called when they were chosen. */
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
		...section("In use", currentRows(contents)),
		...section("On this machine", localRows(contents)),
		...section("Recently used", otherRows(contents)),
		...section("Catalogue", catalogueRows(contents)),
		{ kind: "heading", label: "Others" },
		{
			kind: "file",
			label: "Choose a .gguf file…",
			description: "On this machine, used where it lies",
			detail: "",
		},
		{
			kind: "search",
			label: "Search Hugging Face…",
			description: "GGUF models by name, with sizes and what fits this machine",
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

function currentRows(contents: PickerContents): PickerRow[] {
	const { current, currentName, loaded, inspected, catalogue, defaultModel } = contents;
	if (current === "") {
		return [];
	}
	const local = currentLocal(contents);
	const listed = catalogue.find(({ address }) => address === current);
	const { fileBytes } = loaded ?? local ?? inspected ?? listed ?? {};
	const { trainedContextTokens } = inspected ?? listed ?? {};
	return [
		{
			kind: "current",
			label: currentName,
			description: joined(
				current === defaultModel && "Default",
				local && stores[local.store],
				fileBytes !== undefined && formatBytes(fileBytes),
				local?.quantization ?? inspected?.quantization,
			),
			detail: joined(
				loaded
					? `${formatCount(loaded.contextTokens)} tokens of context, trained for ${formatCount(loaded.trainedContextTokens)}`
					: trainedContextTokens !== undefined &&
							`Trained for ${formatCount(trainedContextTokens)} tokens of context`,
				withoutSecrets(current),
			),
			local,
			file: loaded?.path ?? local?.path ?? (path.isAbsolute(current) ? current : undefined),
		},
	];
}

/** @returns the model in use as it was found on this machine: by the setting, or by the file that is loaded. */
function currentLocal({ local, current, loaded }: PickerContents): LocalModel | undefined {
	return local.find(({ path: file }) => file === current || file === loaded?.path);
}

function localRows(contents: PickerContents): PickerRow[] {
	const current = currentLocal(contents);
	return contents.local
		.filter((model) => model !== current)
		.sort((a, b) => a.name.localeCompare(b.name, "en") || (a.path < b.path ? -1 : 1))
		.map((model) => ({
			kind: "local",
			label: model.name,
			description: joined(stores[model.store], formatBytes(model.fileBytes), model.quantization),
			detail: model.path,
			model,
		}));
}

/** The models chosen before, where no other section has them. */
function otherRows({ local, catalogue, current, recent, nameOf }: PickerContents): PickerRow[] {
	const models = new Set(recent);
	models.delete(current);
	for (const { path: file } of local) {
		models.delete(file);
	}
	for (const { address } of catalogue) {
		models.delete(address);
	}
	return [...models].map((model) => ({
		kind: "setting",
		label: nameOf(model) ?? modelDisplayName(model),
		description: "",
		detail: withoutSecrets(model),
		model,
	}));
}

function catalogueRows(contents: PickerContents): PickerRow[] {
	const { catalogue, current, defaultModel, memory } = contents;
	const others = catalogue.filter(({ address }) => address !== current);
	return others.map((model) => {
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
