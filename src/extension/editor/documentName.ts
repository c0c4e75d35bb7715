import { workspace, type TextDocument, type Uri } from "vscode";
import { cellOf } from "./notebookCells";

/** What a person and a model are told of where code is from. */
export interface DocumentName {
	/** As its tab calls it: “math.ts”, “analysis.ipynb, cell 3”. */
	readonly short: string;
	/** As the workspace shows it: “src/math.ts”. */
	readonly path: string;
}

/** Names a document by what it is: a file, a cell of a notebook, an output channel, or another version of a file. */
export function documentName(document: TextDocument): DocumentName {
	const { uri } = document;
	const cell = cellOf(document);
	if (cell) {
		const notebook = uriName(cell.notebook.uri);
		const which = `, cell ${cell.index + 1}`;
		return { short: notebook.short + which, path: notebook.path + which };
	}
	if (uri.scheme === "output") {
		const name = `${channelName(uri.path)} (output)`;
		return { short: name, path: name };
	}
	return uriName(uri);
}

/** Names what an address leads to, by its path alone. */
export function uriName(uri: Uri): DocumentName {
	const path = workspace.asRelativePath(uri);
	const short =
		path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1) ||
		// The results of a search have no path.
		(uri.scheme === "search-editor" ? "Search" : path || uri.scheme);
	// What Git had, or a provider generates, has the path of the file that lies on the disk and is not that file.
	const isTheFile =
		uri.scheme === "untitled" || workspace.fs.isWritableFileSystem(uri.scheme) === true;
	return { short, path: isTheFile ? path : `${path} (${uri.scheme})` };
}

/** VS Code's addresses of channels begin with the extension's id, and some end as a file's name does. */
function channelName(path: string): string {
	return path
		.replace(/^extension-output-/, "")
		.replace(/^[\w-]+\.[\w-]+[-.](#\d+-)?/, "")
		.replace(/\.log$/, "");
}
