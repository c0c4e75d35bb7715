import type { DocumentProblem } from "../../protocol/import/chatImport";

/** A file that the user chose, on this machine or elsewhere. */
export interface ChosenFile {
	/** Its display name. */
	readonly name: string;
	/** Copies the file to this machine's disk, unless it is already there. */
	onDisk(): Promise<FileOnDisk | { readonly problem: DocumentProblem }>;
}

export interface FileOnDisk {
	readonly path: string;
	/** Deletes the copy. */
	release(): Promise<void>;
}
