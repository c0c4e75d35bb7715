import { QuickPickItemKind, window, type QuickPickItem } from "vscode";
import { modelDisplayName } from "../inference/modelFiles";
import { defaultSettings } from "../settingsSchema";
import { objectionToModel } from "./modelObjection";
import type { RecentModels } from "./recentModels";

interface ModelItem extends QuickPickItem {
	/** @returns the model to choose, or `undefined` if the person thought better of it. */
	readonly choose: () => Promise<string | undefined>;
}

/**
 * Asks which model to talk to: the present one, the default, one chosen before, a file, or an address.
 *
 * @returns a value for `localLlm.model`, or `undefined` if nothing was chosen.
 */
export async function pickModel(
	current: string,
	recent: RecentModels,
): Promise<string | undefined> {
	const chosen = await window.showQuickPick<ModelItem>(
		[
			...knownModels(current, recent.list()),
			{ label: "", kind: QuickPickItemKind.Separator, choose: nothing },
			{
				label: "$(folder-opened) Choose a .gguf file…",
				description: "On this machine, used where it lies",
				choose: pickFile,
			},
			{
				label: "$(globe) Enter a Hugging Face model or address…",
				description: "Downloaded once, after a question",
				choose: askAddress,
			},
		],
		{ title: "Select Model", placeHolder: "The model to talk to", matchOnDescription: true },
	);
	return chosen?.choose();
}

function knownModels(current: string, recent: readonly string[]): ModelItem[] {
	const models = new Set([current, defaultSettings.model, ...recent]);
	models.delete("");
	return [...models].map((model) => ({
		label: modelDisplayName(model),
		description: describe(model, current),
		detail: model,
		choose: () => Promise.resolve(model),
	}));
}

function describe(model: string, current: string): string {
	if (model === current) {
		return "Current";
	}
	return model === defaultSettings.model ? "Default" : "Chosen before";
}

function nothing(): Promise<undefined> {
	return Promise.resolve(undefined);
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
