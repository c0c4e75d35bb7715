import type { ChosenFile } from "./chosenFile";

export type ExportKind = "markdown" | "json";

/** A file to write. */
export interface ExportFile {
	/** Its name for people. */
	readonly name: string;
	/** Writes all of it or, if it rejects, nothing. */
	write(pieces: AsyncIterable<string>, signal: AbortSignal): Promise<void>;
}

export interface ExportFolder {
	/** Its name for people. */
	readonly name: string;
	/** Returns the names of its files and folders. */
	names(): Promise<readonly string[]>;
	file(name: string): ExportFile;
}

/** The dialogs of exports and imports, so that these run without VS Code. `undefined` means that the user canceled. */
export interface ExchangeDialogs<
	File extends ExportFile = ExportFile,
	Folder extends ExportFolder = ExportFolder,
> {
	chooseKind(title: string): Promise<ExportKind | undefined>;
	/** Asks before a file is replaced. */
	chooseFile(defaultName: string, kind: ExportKind): Promise<File | undefined>;
	chooseFolder(): Promise<Folder | undefined>;
	chooseImports(): Promise<readonly ChosenFile[] | undefined>;
	/** Shows the progress of a `task` that takes more than a second, with a Cancel button. */
	withProgress<T>(
		title: string,
		task: (report: (message: string) => void, signal: AbortSignal) => Promise<T>,
	): Promise<T>;
	/** Shows a notification about written files, with buttons to open them. */
	tellExported(sentence: string, written: File | Folder): void;
	/** Shows a notification. @returns the action that the user chose, if any */
	tell<Action extends string>(
		severity: "information" | "warning",
		sentence: string,
		actions: readonly { readonly action: Action; readonly label: string }[],
	): Promise<Action | undefined>;
	/** Opens a text in an editor. */
	showText(text: string): Promise<void>;
}
