import { workspace, type TextDocument, type Uri } from "vscode";
import { cellOf } from "./notebookCells";
import { t } from "../../wording/localize";
import { formatCount } from "../../wording/format";

/** The name of the document that code comes from, for the user and for the model. */
export interface DocumentName {
	/** The name on the document's tab, for the user: “math.ts”, “analysis.ipynb, cell 3”. */
	readonly short: string;
	/** The path in the workspace, for the model, and therefore in English: “src/math.ts”. */
	readonly path: string;
}

/** Returns the name of a document: a file, a cell of a notebook, an output channel, or another version of a file. */
export function documentName(document: TextDocument): DocumentName {
	const { uri } = document;
	const cell = cellOf(document);
	if (cell) {
		const notebook = uriName(cell.notebook.uri);
		const number = formatCount(cell.index + 1);
		return {
			short: t("{0}, cell {1}", notebook.short, number),
			// eslint-disable-next-line sentences/no-bare -- the model reads it
			path: `${notebook.path}, cell ${cell.index + 1}`,
		};
	}
	if (uri.scheme === "output") {
		const name = channelName(uri.path);
		// eslint-disable-next-line sentences/no-bare -- the model reads the path
		return { short: t("{0} (output)", name), path: `${name} (output)` };
	}
	return uriName(uri);
}

/** Returns the name of a document that is known only by its URI. */
export function uriName(uri: Uri): DocumentName {
	const path = workspace.asRelativePath(uri);
	const short =
		path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1) ||
		// Search results have no path.
		(uri.scheme === "search-editor" ? t("Search") : path || uri.scheme);
	// A document from Git or another provider has the path of a file on disk, but is not that file.
	const isTheFile =
		uri.scheme === "untitled" || workspace.fs.isWritableFileSystem(uri.scheme) === true;
	return { short, path: isTheFile ? path : `${path} (${uri.scheme})` };
}

/** Returns the name of an output channel. Its address begins with an extension's id, and can end like a file name. */
function channelName(path: string): string {
	return path
		.replace(/^extension-output-/, "")
		.replace(/^[\w-]+\.[\w-]+[-.](#\d+-)?/, "")
		.replace(/\.log$/, "");
}
