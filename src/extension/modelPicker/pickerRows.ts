import path from "node:path";
import { formatBytes, formatCount } from "../../wording/format";
import { assertNever } from "../../protocol/assertNever";
import type { ModelDetails, ModelInfo } from "../../protocol/inference/model";
import { estimateFit, type FreeMemory } from "../../protocol/inference/modelFit";
import { describeFit } from "../../wording/describeFit";
import { withoutSecrets } from "../../protocol/text/withoutSecrets";
import { modelDisplayName } from "../inference/modelFiles";
import type { LocalModel, ModelStore } from "../localModels/localModel";
import type { CatalogueModel } from "./catalogue";
import { describePurpose } from "./purposes";
import { t } from "../../wording/localize";

/** A row in the list of models: a heading, or an entry that the user can choose. */
export type PickerRow =
	| { readonly kind: "heading"; readonly label: string }
	| CurrentRow
	| (RowWords & { readonly kind: "local"; readonly model: LocalModel })
	/** `model` is a value of `localLlm.model` that was not found on this machine. */
	| (RowWords & { readonly kind: "setting"; readonly model: string })
	| (RowWords & { readonly kind: "file" | "search" | "address" });

/** The model that the settings name. */
export interface CurrentRow extends RowWords {
	readonly kind: "current";
	/** The model as found on this machine, if it was found. */
	readonly local: LocalModel | undefined;
	/** The absolute path of its file, if known. */
	readonly file: string | undefined;
}

interface RowWords {
	readonly label: string;
	readonly description: string;
	readonly detail: string;
}

export interface PickerContents {
	/** The models found so far. */
	readonly local: readonly LocalModel[];
	readonly catalogue: readonly CatalogueModel[];
	/** The value of `localLlm.model`; empty if it names none. */
	readonly current: string;
	/** The name of `current` in the rest of the UI. */
	readonly currentName: string;
	/** `current`, if it is in memory. */
	readonly loaded: ModelInfo | undefined;
	/** The details in the file of `current`, if it is on this machine and was read. */
	readonly inspected: ModelDetails | undefined;
	/** The default value of `localLlm.model`. */
	readonly defaultModel: string;
	/** Recently used values of `localLlm.model`. */
	readonly recent: readonly string[];
	/** Returns the name that one of `recent` had when it was chosen. */
	readonly nameOf: (model: string) => string | undefined;
	readonly memory: FreeMemory;
	/** The value of `localLlm.contextSize`; 0 means as many tokens as fit. */
	readonly contextTokens: number;
}

/** The smallest useful context. The estimate uses it if `localLlm.contextSize` is 0. */
const leastContextTokens = 512;

function describeStore(store: ModelStore): string {
	switch (store) {
		case "ours":
			return t("Downloaded here");
		case "lmStudio":
			return t("LM Studio");
		case "huggingFace":
			return t("Hugging Face cache");
		case "llamaCpp":
			return t("llama.cpp cache");
		case "ollama":
			return t("Ollama");
		default:
			return assertNever(store);
	}
}

/** Returns all rows of the list in display order. A section without models has no heading. */
export function pickerRows(contents: PickerContents): PickerRow[] {
	return [
		...section(t("In use"), currentRows(contents)),
		...section(t("On this machine"), localRows(contents)),
		...section(t("Recently used"), otherRows(contents)),
		...section(t("Catalog"), catalogueRows(contents)),
		{ kind: "heading", label: t("Other models") },
		{
			kind: "file",
			label: t("Choose a .gguf file…"),
			description: t("A file on this machine, used in place"),
			detail: "",
		},
		{
			kind: "search",
			label: t("Search Hugging Face…"),
			description: t("GGUF models by name, with sizes and whether they fit"),
			detail: "",
		},
		{
			kind: "address",
			label: t("Enter a Hugging Face model…"),
			description: t("Or an https address. Downloaded once, after you confirm."),
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
				current === defaultModel && t("Default"),
				local && describeStore(local.store),
				fileBytes !== undefined && formatBytes(fileBytes),
				local?.quantization ?? inspected?.quantization,
			),
			detail: joined(
				loaded
					? t(
							"Context of {0} tokens, trained for {1}",
							formatCount(loaded.contextTokens),
							formatCount(loaded.trainedContextTokens),
						)
					: trainedContextTokens !== undefined &&
							t("Trained for a context of {0} tokens", formatCount(trainedContextTokens)),
				withoutSecrets(current),
			),
			local,
			file: loaded?.path ?? local?.path ?? (path.isAbsolute(current) ? current : undefined),
		},
	];
}

/** Returns the model in use as found on this machine, by the setting or by the loaded file. */
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
			description: joined(
				describeStore(model.store),
				formatBytes(model.fileBytes),
				model.quantization,
			),
			detail: model.path,
			model,
		}));
}

/** Returns the rows of recently used models that no other section lists. */
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
				model.address === defaultModel && t("Default"),
				formatBytes(model.fileBytes),
				model.license,
			),
			detail: joined(describePurpose(model), describeFit(fit)),
			model: model.address,
		};
	});
}

function joined(...words: readonly (string | false | undefined)[]): string {
	return words.filter(Boolean).join(" · ");
}
