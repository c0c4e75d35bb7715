import path from "node:path";
import { window } from "vscode";
import { whyNoModel } from "../../gguf/whyNoModel";
import { assertNever } from "../../protocol/assertNever";
import { describeFailure } from "../../wording/describeFailure";
import type { InferenceFailure } from "../../protocol/failure";
import type { ModelDetails, ModelStatus } from "../../protocol/inference/model";
import type { FreeMemory } from "../../protocol/inference/modelFit";
import type { HubSession } from "../download/hubSession";
import type { LanguageModel } from "../inference/languageModel";
import { modelDisplayName } from "../inference/modelFiles";
import { withoutLinks } from "../ui/notificationText";
import { canRevealFiles, revealFile } from "../ui/revealFile";
import { defaultSettings, type Settings } from "../settings/settingsSchema";
import { catalogue } from "./catalogue";
import { deleteModel, type ModelUse } from "./deleteModel";
import { pickFromHub } from "./hubPicker";
import { machineMemory } from "./machineMemory";
import { objectionToModel } from "./modelObjection";
import type { ModelPages } from "./modelPages";
import { showModelPicker, type SearchModels } from "./modelPicker";
import { pickerRows, type PickerContents, type PickerRow } from "./pickerRows";
import type { RecentModels } from "./recentModels";
import { t } from "../../wording/localize";

export interface ModelSelectionParts {
	readonly settings: () => Settings;
	/** The loading state of the model that the settings name. */
	readonly status: () => ModelStatus;
	readonly recent: RecentModels;
	readonly search: SearchModels;
	/** Detects the devices that can run a model. */
	readonly reportDevices: LanguageModel["reportDevices"];
	readonly pages: ModelPages;
	/** Runs `work` with a hub that can be searched. */
	readonly withHub: <R>(work: (hub: HubSession) => Promise<R>) => Promise<R | undefined>;
	readonly use: ModelUse;
}

/** A value for `localLlm.model`, and its name in the list unless it can be derived from the value. */
export interface ChosenModel {
	readonly model: string;
	readonly name: string | undefined;
}

/**
 * Lets the user choose a model, or performs the action of a button beside a model.
 *
 * @returns `undefined` if no model was chosen
 */
export async function selectModel(parts: ModelSelectionParts): Promise<ChosenModel | undefined> {
	const { status, recent, search, reportDevices, pages, use } = parts;
	const { contextSize, ...settings } = parts.settings();
	const current = settings.model.trim();
	let memory = machineMemory(undefined);
	let inspected: ModelDetails | undefined;
	const answer = await showModelPicker(
		(local) =>
			pickerRows({
				local,
				catalogue,
				current,
				inspected,
				...currentOf(status()),
				defaultModel: defaultSettings.model,
				recent: recent.list(),
				nameOf: (known) => recent.nameOf(known),
				memory,
				contextTokens: contextSize,
			}),
		async (onFound, signal) => {
			const looking = reportDevices(signal).then((report) => {
				memory = report ? machineMemory(report) : memory;
				// The catalog's entries say how their models would run, so they change with the memory.
				onFound([]);
			});
			const inspecting = inspectCurrent(parts, current, signal).then((details) => {
				inspected = details;
				onFound([]);
			});
			await Promise.all([search(onFound, signal), looking, inspecting]);
		},
		canRevealFiles(),
	);
	switch (answer?.kind) {
		case undefined:
			return undefined;
		case "chosen":
			return choose(answer.row, parts, () => memory);
		case "details":
			await pages.show(answer.name, answer.file);
			return undefined;
		case "reveal":
			await revealFile(answer.file);
			return undefined;
		case "delete":
			await deleteModel(answer.model, use);
			return undefined;
		default:
			return assertNever(answer);
	}
}

/** Returns `undefined` if `current` is not a readable file on this machine: loading it reports the reason. */
async function inspectCurrent(
	{ status, pages }: ModelSelectionParts,
	current: string,
	signal: AbortSignal,
): Promise<ModelDetails | undefined> {
	if (status().kind === "ready" || !path.isAbsolute(current)) {
		return undefined;
	}
	return pages.inspect(current, signal).catch(() => undefined);
}

function currentOf(status: ModelStatus): Pick<PickerContents, "currentName" | "loaded"> {
	return status.kind === "ready"
		? { currentName: status.info.name, loaded: status.info }
		: { currentName: status.name, loaded: undefined };
}

async function choose(
	row: Exclude<PickerRow, { readonly kind: "heading" }>,
	{ withHub }: Pick<ModelSelectionParts, "withHub">,
	memory: () => FreeMemory,
): Promise<ChosenModel | undefined> {
	switch (row.kind) {
		case "current":
			return undefined;
		case "local":
			return named(row.model.path, row.model.name);
		case "setting":
			return named(row.model, row.label);
		case "file":
			return unnamed(await pickFile());
		case "search":
			return unnamed(await withHub((hub) => pickFromHub(hub, memory)));
		case "address":
			return unnamed(await askAddress());
		default:
			return assertNever(row);
	}
}

/** Keeps the name that a model had in the list, unless it can be derived from the setting. */
function named(model: string, name: string): ChosenModel {
	return { model, name: name === modelDisplayName(model) ? undefined : name };
}

function unnamed(model: string | undefined): ChosenModel | undefined {
	return model === undefined ? undefined : { model, name: undefined };
}

async function pickFile(): Promise<string | undefined> {
	const files = await window.showOpenDialog({
		title: t("Choose a Model"),
		openLabel: t("Choose Model"),
		canSelectMany: false,
		filters: { [t("GGUF Models")]: ["gguf"] },
	});
	const file = files?.[0]?.fsPath;
	const failure = file === undefined ? undefined : await whyNoModel(file);
	return failure ? insteadOf(failure) : file;
}

/** Says why a file cannot be used, and returns the file that the user chooses instead. */
async function insteadOf(failure: InferenceFailure): Promise<string | undefined> {
	const another = t("Choose Another File");
	const useFirst = t("Use First Part");
	const first = failure.kind === "laterPart" ? failure.first : undefined;
	const chosen = await window.showErrorMessage(
		withoutLinks(describeFailure(failure).sentence),
		...(first === undefined ? [another] : [useFirst, another]),
	);
	switch (chosen) {
		case useFirst:
			return first;
		case another:
			return pickFile();
		default:
			return undefined;
	}
}

async function askAddress(): Promise<string | undefined> {
	const text = await window.showInputBox({
		title: t("Enter a Model"),
		prompt: t("A Hugging Face model (hf:user/model:Q4_K_M) or the https address of a .gguf file"),
		placeHolder: defaultSettings.model,
		ignoreFocusOut: true,
		validateInput: objectionToModel,
	});
	return text?.trim();
}
