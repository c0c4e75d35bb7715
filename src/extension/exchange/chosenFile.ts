import type { DocumentProblem } from "../../protocol/import/chatImport";

/** A file that the person chose, wherever it lies. */
export interface ChosenFile {
	/** As people call it. */
	readonly name: string;
	/** Brings it onto this machine's disk, if it does not lie there. */
	onDisk(): Promise<FileOnDisk | { readonly problem: DocumentProblem }>;
}

export interface FileOnDisk {
	readonly path: string;
	/** Removes what was brought. */
	release(): Promise<void>;
}
