import { Uri, window, workspace } from "vscode";
import { formatBytes } from "../../wording/format";
import type { LocalModel } from "../localModels/localModel";
import { withoutLinks } from "../ui/notificationText";
import { UserError } from "../base/userError";

/** The model as the backend has it. */
export interface ModelUse {
	/** Whether it is in memory, or on its way there. */
	readonly isLoaded: (model: LocalModel) => boolean;
	readonly unload: () => Promise<void>;
}

/**
 * Deletes a model that this extension has downloaded, after a question: into the trash where there is one, else for good
 * after another. One that is loaded is unloaded first.
 *
 * @throws {UserError} if a file cannot be deleted.
 */
export async function deleteModel(model: LocalModel, use: ModelUse): Promise<void> {
	const size = formatBytes(model.fileBytes);
	const loaded = use.isLoaded(model);
	const agreed = await ask(
		`Delete ${model.name}?`,
		loaded
			? `It is loaded, and has to be unloaded first. Deleting it frees ${size}.`
			: `It frees ${size}. To use the model again, it has to be downloaded again.`,
		loaded ? "Unload and Delete" : "Delete",
	);
	if (!agreed) {
		return;
	}
	if (use.isLoaded(model)) {
		await use.unload();
	}
	if (await moveToTrash(model.parts)) {
		void window.showInformationMessage(
			withoutLinks(`${model.name} is in the trash. Its ${size} is free once the trash is emptied.`),
		);
		return;
	}
	if (
		await ask(
			`Delete ${model.name} for good?`,
			"It cannot be moved to a trash on this system.",
			"Delete for Good",
		)
	) {
		await deleteForGood(model.parts);
		void window.showInformationMessage(
			withoutLinks(`${model.name} is deleted: ${size} is free again.`),
		);
	}
}

async function ask(question: string, detail: string, action: string): Promise<boolean> {
	return (await window.showWarningMessage(question, { modal: true, detail }, action)) === action;
}

/** @returns whether all parts are in the trash: not where the system has none. */
async function moveToTrash(parts: readonly string[]): Promise<boolean> {
	for (const part of parts) {
		try {
			await workspace.fs.delete(Uri.file(part), { useTrash: true });
		} catch {
			return false;
		}
	}
	return true;
}

/** The first part last: while it is there, the model is still in the list. */
async function deleteForGood(parts: readonly string[]): Promise<void> {
	for (const part of [...parts].reverse()) {
		const file = Uri.file(part);
		try {
			await workspace.fs.delete(file, { useTrash: false });
		} catch (error) {
			// A part that is gone already, perhaps into the trash, is what was wanted.
			if (await exists(file)) {
				const reason = error instanceof Error ? error.message : String(error);
				throw new UserError(`${part} cannot be deleted. Close what uses it. ${reason}`);
			}
		}
	}
}

async function exists(file: Uri): Promise<boolean> {
	try {
		await workspace.fs.stat(file);
		return true;
	} catch {
		return false;
	}
}
