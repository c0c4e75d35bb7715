import { Uri, window, workspace } from "vscode";
import { formatBytes } from "../../wording/format";
import type { LocalModel } from "../localModels/localModel";
import { withoutLinks } from "../ui/notificationText";
import { UserError } from "../base/userError";
import { t } from "../../wording/localize";

/** Reports whether a model is in use, and unloads it. */
export interface ModelUse {
	/** Returns whether the model is in memory or being loaded. */
	readonly isLoaded: (model: LocalModel) => boolean;
	readonly unload: () => Promise<void>;
}

/**
 * Deletes a model that this extension downloaded, once the user confirms. Its files move to the trash. On a system
 * without a trash, a second question asks whether to delete them permanently. A loaded model is unloaded first.
 *
 * @throws {UserError} if a file cannot be deleted
 */
export async function deleteModel(model: LocalModel, use: ModelUse): Promise<void> {
	const size = formatBytes(model.fileBytes);
	const loaded = use.isLoaded(model);
	const agreed = await ask(
		t("Delete {0}?", model.name),
		loaded
			? t("The model is loaded, so it is unloaded first. This frees {0}.", size)
			: t("This frees {0}. To use the model again, you must download it again.", size),
		loaded ? t("Unload and Delete") : t("Delete"),
	);
	if (!agreed) {
		return;
	}
	if (use.isLoaded(model)) {
		await use.unload();
	}
	if (await moveToTrash(model.parts)) {
		void window.showInformationMessage(
			withoutLinks(t("{0} is in the trash. Empty the trash to free its {1}.", model.name, size)),
		);
		return;
	}
	if (
		await ask(
			t("Delete {0} permanently?", model.name),
			t("It could not be moved to the trash."),
			t("Delete Permanently"),
		)
	) {
		await deletePermanently(model.parts);
		void window.showInformationMessage(
			withoutLinks(t("{0} was deleted. {1} is free again.", model.name, size)),
		);
	}
}

async function ask(question: string, detail: string, action: string): Promise<boolean> {
	return (await window.showWarningMessage(question, { modal: true, detail }, action)) === action;
}

/** Moves all parts to the trash. @returns `false` if the system has no trash */
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

/** Deletes all parts, the first one last. */
async function deletePermanently(parts: readonly string[]): Promise<void> {
	for (const part of [...parts].reverse()) {
		const file = Uri.file(part);
		try {
			await workspace.fs.delete(file, { useTrash: false });
		} catch (error) {
			// A part may already be gone, for example in the trash.
			if (await exists(file)) {
				const reason = error instanceof Error ? error.message : String(error);
				throw new UserError(
					t(
						"{0} cannot be deleted ({1}). Close the programs that use it, then try again.",
						part,
						reason,
					),
				);
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
