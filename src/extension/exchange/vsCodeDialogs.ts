import { withoutLinks } from "../ui/notificationText";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { commands, ProgressLocation, Uri, window, workspace } from "vscode";
import type { ExchangeDialogs, ExportFile, ExportFolder } from "./exchangeDialogs";
import type { ChosenFile } from "./chosenFile";
import { t } from "../../wording/localize";
import { writeWhole } from "./writeWhole";

interface Placed {
	readonly uri: Uri;
}
type PlacedFile = ExportFile & Placed;
type PlacedFolder = ExportFolder & Placed;

/** How long a task may take before its progress is shown. */
const quietMs = 1_000;

/** VS Code's dialogs and notifications for exports and imports. */
export const vsCodeDialogs: ExchangeDialogs<PlacedFile, PlacedFolder> = {
	async chooseKind(title) {
		const items = [
			{
				label: t("Markdown"),
				detail: t("To read: the chat as it is shown"),
				exportAs: "markdown",
			},
			{
				label: t("JSON"),
				detail: t("Complete backup: all versions, attached code, times"),
				exportAs: "json",
			},
		] as const;
		const chosen = await window.showQuickPick(items, {
			title,
			placeHolder: t("Choose a format"),
			// The picker opens after the chats are listed. The focus that returns from the Command Palette meanwhile
			// would close it.
			ignoreFocusOut: true,
		});
		return chosen?.exportAs;
	},

	async chooseFile(defaultName, kind) {
		const uri = await window.showSaveDialog({
			defaultUri: placeFor(defaultName),
			filters: kind === "markdown" ? { Markdown: ["md"] } : { JSON: ["json"] },
			saveLabel: t("Export"),
		});
		return uri && placedFile(uri);
	},

	async chooseFolder() {
		const [uri] =
			(await window.showOpenDialog({
				canSelectFiles: false,
				canSelectFolders: true,
				openLabel: t("Export Here"),
				title: t("Export All Chats: One Markdown File Each"),
			})) ?? [];
		return uri && placedFolder(uri);
	},

	async chooseImports() {
		const uris = await window.showOpenDialog({
			canSelectMany: true,
			filters: { [t("Exported Chats")]: ["json", "zip"] },
			openLabel: t("Import"),
			title: t("Import Chats from Local LLM Chatbot, ChatGPT, LM Studio, or Open WebUI"),
		});
		return uris?.map(chosenFile);
	},

	async withProgress(title, task) {
		const cancelling = new AbortController();
		let show: (message: string) => void = () => undefined;
		const running = task((message) => {
			show(message);
		}, cancelling.signal);
		const ended = running.then(
			() => undefined,
			() => undefined,
		);
		const timer = setTimeout(() => {
			void window.withProgress(
				{ location: ProgressLocation.Notification, title, cancellable: true },
				(progress, token) => {
					show = (message) => {
						progress.report({ message });
					};
					// The subscription ends with the notification.
					token.onCancellationRequested(
						() => {
							cancelling.abort();
						},
						undefined,
						[],
					);
					return ended;
				},
			);
		}, quietMs);
		try {
			return await running;
		} finally {
			clearTimeout(timer);
		}
	},

	tellExported(sentence, written) {
		void tellExported(sentence, written);
	},

	async tell(severity, sentence, actions) {
		const items = actions.map(({ action, label }) => ({ action, title: label }));
		const chosen =
			severity === "information"
				? await window.showInformationMessage(withoutLinks(sentence), ...items)
				: await window.showWarningMessage(withoutLinks(sentence), ...items);
		return chosen?.action;
	},

	async showText(text) {
		await window.showTextDocument(await workspace.openTextDocument({ content: text }));
	},
};

async function tellExported(sentence: string, written: PlacedFile | PlacedFolder): Promise<void> {
	const { uri } = written;
	const chosen = await window.showInformationMessage(
		withoutLinks(sentence),
		...("write" in written ? [{ title: t("Open"), command: "vscode.open" }] : []),
		...(uri.scheme === "file" ? [{ title: t("Reveal"), command: "revealFileInOS" }] : []),
	);
	if (chosen) {
		await commands.executeCommand(chosen.command, uri);
	}
}

/** Returns where a file dialog begins: the open folder, or VS Code's default. */
function placeFor(name: string): Uri {
	const folder = workspace.workspaceFolders?.[0]?.uri;
	return folder ? Uri.joinPath(folder, name) : Uri.file(name);
}

function placedFile(uri: Uri): PlacedFile {
	return {
		name: path.posix.basename(uri.path),
		uri,
		write: (pieces, signal) =>
			uri.scheme === "file"
				? writeWhole(uri.fsPath, pieces, signal)
				: writeElsewhere(uri, pieces, signal),
	};
}

function placedFolder(uri: Uri): PlacedFolder {
	return {
		name: path.posix.basename(uri.path) || uri.path,
		uri,
		names: async () =>
			uri.scheme === "file"
				? readdir(uri.fsPath)
				: (await workspace.fs.readDirectory(uri)).map(([name]) => name),
		file: (name) => placedFile(Uri.joinPath(uri, name)),
	};
}

/** The largest file of a remote or virtual file system that is copied to this machine, in bytes. */
const maxCopiedBytes = 256 * 1024 * 1024;

function chosenFile(uri: Uri): ChosenFile {
	return {
		name: path.posix.basename(uri.path),
		onDisk: () =>
			uri.scheme === "file"
				? Promise.resolve({ path: uri.fsPath, release: () => Promise.resolve() })
				: copyOf(uri),
	};
}

async function copyOf(uri: Uri): ReturnType<ChosenFile["onDisk"]> {
	let folder: string | undefined;
	const release = async (): Promise<void> => {
		if (folder !== undefined) {
			await rm(folder, { recursive: true, force: true });
		}
	};
	try {
		if ((await workspace.fs.stat(uri)).size > maxCopiedBytes) {
			return { problem: { kind: "tooLarge", limitBytes: maxCopiedBytes } };
		}
		folder = await mkdtemp(path.join(os.tmpdir(), "local-llm-import-"));
		const copied = path.join(folder, "import");
		await writeFile(copied, await workspace.fs.readFile(uri), { mode: 0o600 });
		return { path: copied, release };
	} catch (error) {
		await release();
		return { problem: { kind: "unreadable", reason: String(error) } };
	}
}

/** Writes a file of a remote or virtual file system, under a temporary name first. */
async function writeElsewhere(
	uri: Uri,
	pieces: AsyncIterable<string>,
	signal: AbortSignal,
): Promise<void> {
	let text = "";
	for await (const piece of pieces) {
		signal.throwIfAborted();
		text += piece;
	}
	const growing = uri.with({ path: `${uri.path}.tmp` });
	try {
		await workspace.fs.writeFile(growing, new TextEncoder().encode(text));
		await workspace.fs.rename(growing, uri, { overwrite: true });
	} catch (error) {
		// The file exists only if the write began.
		await Promise.resolve(workspace.fs.delete(growing)).catch(() => undefined);
		throw error;
	}
}
