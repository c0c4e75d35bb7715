import { window } from "vscode";
import { assertNever } from "../../protocol/assertNever";
import type { InferenceBackend } from "../inference/backend";
import { canRevealFiles, revealFile } from "../revealFile";
import { defaultSettings, type Settings } from "../settingsSchema";
import { catalogue } from "./catalogue";
import { deleteModel, type ModelUse } from "./deleteModel";
import { machineMemory } from "./machineMemory";
import { objectionToModel } from "./modelObjection";
import type { ModelPages } from "./modelPages";
import { showModelPicker, type SearchModels } from "./modelPicker";
import { pickerRows, type PickerRow } from "./pickerRows";
import type { RecentModels } from "./recentModels";

export interface ModelSelectionParts {
	readonly settings: () => Settings;
	readonly recent: RecentModels;
	readonly search: SearchModels;
	/** Looks at what there is to run a model on. */
	readonly reportDevices: InferenceBackend["reportDevices"];
	readonly pages: ModelPages;
	readonly use: ModelUse;
}

/** A value for `localLlm.model`, and what it was called in the list if its path does not tell. */
export interface ChosenModel {
	readonly model: string;
	readonly name: string | undefined;
}

/**
 * Asks which model to talk to, or does what a button beside a model says.
 *
 * @returns `undefined` if nothing was chosen.
 */
export async function selectModel(parts: ModelSelectionParts): Promise<ChosenModel | undefined> {
	const { recent, search, reportDevices, pages, use } = parts;
	const { model, contextSize } = parts.settings();
	let memory = machineMemory(undefined);
	const answer = await showModelPicker(
		(local) =>
			pickerRows({
				local,
				catalogue,
				current: model,
				defaultModel: defaultSettings.model,
				recent: recent.list(),
				nameOf: (known) => recent.nameOf(known),
				memory,
				contextTokens: contextSize,
			}),
		async (onFound, signal) => {
			const looking = reportDevices(signal).then((report) => {
				memory = machineMemory(report);
				// The catalogue's lines tell how its models would run.
				onFound([]);
			});
			await Promise.all([search(onFound, signal), looking]);
		},
		canRevealFiles(),
	);
	switch (answer?.kind) {
		case undefined:
			return undefined;
		case "chosen":
			return choose(answer.row);
		case "details":
			await pages.show(answer.model.name, answer.model.path);
			return undefined;
		case "reveal":
			await revealFile(answer.model.path);
			return undefined;
		case "delete":
			await deleteModel(answer.model, use);
			return undefined;
		default:
			return assertNever(answer);
	}
}

async function choose(
	row: Exclude<PickerRow, { readonly kind: "heading" }>,
): Promise<ChosenModel | undefined> {
	switch (row.kind) {
		case "local":
			// Other stores' files are named after their models; Ollama's after their contents.
			return {
				model: row.model.path,
				name: row.model.store === "ollama" ? row.model.name : undefined,
			};
		case "setting":
			return { model: row.model, name: undefined };
		case "file":
			return unnamed(await pickFile());
		case "address":
			return unnamed(await askAddress());
		default:
			return assertNever(row);
	}
}

function unnamed(model: string | undefined): ChosenModel | undefined {
	return model === undefined ? undefined : { model, name: undefined };
}

async function pickFile(): Promise<string | undefined> {
	const files = await window.showOpenDialog({
		title: "Choose a Model",
		openLabel: "Choose Model",
		canSelectMany: false,
		filters: { "GGUF models": ["gguf"] },
	});
	return files?.[0]?.fsPath;
}

async function askAddress(): Promise<string | undefined> {
	const text = await window.showInputBox({
		title: "Enter a Model",
		prompt: "A Hugging Face model (hf:user/model:Q4_K_M) or the https address of a .gguf file",
		placeHolder: defaultSettings.model,
		ignoreFocusOut: true,
		validateInput: objectionToModel,
	});
	return text?.trim();
}
