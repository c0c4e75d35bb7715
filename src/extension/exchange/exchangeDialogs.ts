import type { ChosenFile } from "./chosenFile";

export type ExportKind = "markdown" | "json";

/** A file that is to be written. */
export interface ExportFile {
	/** As people call it. */
	readonly name: string;
	/** Writes the whole of it or, if it rejects, nothing. */
	write(pieces: AsyncIterable<string>, signal: AbortSignal): Promise<void>;
}

export interface ExportFolder {
	/** As people call it. */
	readonly name: string;
	/** @returns the names of what is in it. */
	names(): Promise<readonly string[]>;
	file(name: string): ExportFile;
}

/** What exports and imports ask and tell, so that they run without VS Code. `undefined`: the person chose nothing. */
export interface ExchangeDialogs<
	File extends ExportFile = ExportFile,
	Folder extends ExportFolder = ExportFolder,
> {
	chooseKind(title: string): Promise<ExportKind | undefined>;
	/** Asks whether a file that is there may be replaced. */
	chooseFile(defaultName: string, kind: ExportKind): Promise<File | undefined>;
	chooseFolder(): Promise<Folder | undefined>;
	chooseImports(): Promise<readonly ChosenFile[] | undefined>;
	/** Shows, from a second on, that `task` is at work, with Cancel. */
	withProgress<T>(
		title: string,
		task: (report: (message: string) => void, signal: AbortSignal) => Promise<T>,
	): Promise<T>;
	/** Tells what was written, with buttons to see it. */
	tellExported(sentence: string, written: File | Folder): void;
	/** @returns the action that was chosen */
	tell<Action extends string>(
		severity: "information" | "warning",
		sentence: string,
		actions: readonly Action[],
	): Promise<Action | undefined>;
	/** Opens a text for reading. */
	showText(text: string): Promise<void>;
}
