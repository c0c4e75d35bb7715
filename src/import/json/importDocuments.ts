import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { openPromise, type Entry, type ZipFile } from "yauzl";
import type { DocumentProblem } from "../../protocol/import/chatImport";
import {
	maxArchiveBytes,
	maxArchiveDocuments,
	maxArchiveEntries,
	maxDocumentBytes,
} from "../importLimits";

/** A JSON document to read. */
export interface ImportDocument {
	/** The name of the file, and of the document if it is in an archive. */
	readonly name: string;
	readonly content:
		| { readonly chunks: () => Promise<AsyncIterable<Uint8Array>> }
		| { readonly problem: DocumentProblem };
	/** The document's size in the file (compressed), and its unpacked size. */
	readonly packedBytes: number;
	readonly bytes: number;
}

/** The documents of a file. */
export interface ImportSource {
	readonly documents: readonly ImportDocument[];
	readonly close: () => void;
}

/** Names of exports in archives: ChatGPT's, which may be split, and LM Studio's. */
const documentName = /(?:^|\/)(?:conversations(?:-\d{1,6})?|[^/]*\.conversation)\.json$/i;
/** macOS adds such an entry to archives for each file. */
const besides = /(?:^|\/)__MACOSX\//;
const chunkBytes = 256 * 1024;

/** Finds the documents of a file: the file itself, or the entries of a ZIP archive. Reads no document yet. */
export async function openSource(name: string, path: string): Promise<ImportSource> {
	const alone = (content: ImportDocument["content"], bytes: number): ImportSource => ({
		documents: [{ name, content, packedBytes: bytes, bytes }],
		close: () => undefined,
	});
	try {
		const found = await stat(path);
		if (!found.isFile()) {
			// Reading a pipe could block forever.
			return alone({ problem: { kind: "notAFile" } }, 0);
		}
		if (/\.zip$/i.test(name)) {
			return await openArchive(name, path);
		}
		const { size } = found;
		return size > maxDocumentBytes
			? alone({ problem: { kind: "tooLarge", limitBytes: maxDocumentBytes } }, size)
			: alone({ chunks: () => Promise.resolve(fileChunks(path, size)) }, size);
	} catch (error) {
		return alone({ problem: { kind: "unreadable", reason: unreadableReason(error) } }, 0);
	}
}

/** Reads a file up to its size at the start; bytes appended meanwhile are ignored. */
function fileChunks(path: string, size: number): AsyncIterable<Uint8Array> {
	return size === 0
		? emptyChunks()
		: createReadStream(path, { highWaterMark: chunkBytes, end: size - 1 });
}

async function* emptyChunks(): AsyncGenerator<Uint8Array> {
	// The file is empty.
}

async function openArchive(name: string, path: string): Promise<ImportSource> {
	const documents: ImportDocument[] = [];
	const problem = (found: DocumentProblem): void => {
		documents.push({ name, content: { problem: found }, packedBytes: 0, bytes: 0 });
	};
	let zip: ZipFile | undefined;
	try {
		zip = await openPromise(path, { autoClose: false });
		let entries = 0;
		let bytes = 0;
		for await (const entry of zip.eachEntry()) {
			entries += 1;
			if (documents.length >= maxArchiveDocuments || entries > maxArchiveEntries) {
				problem({ kind: "tooManyDocuments", limit: maxArchiveDocuments });
				break;
			}
			if (documentName.test(entry.fileName) && !besides.test(entry.fileName)) {
				bytes += entry.uncompressedSize;
				documents.push(documentIn(zip, name, entry, bytes));
			}
		}
		if (documents.length === 0) {
			problem({ kind: "nothingInArchive" });
		}
	} catch (error) {
		problem({ kind: "damagedArchive", reason: unreadableReason(error) });
	}
	return { documents, close: () => zip?.close() };
}

/** @param bytes the unpacked size of this document and all before it */
function documentIn(zip: ZipFile, name: string, entry: Entry, bytes: number): ImportDocument {
	const { fileName, compressedSize, uncompressedSize } = entry;
	const limitBytes = uncompressedSize > maxDocumentBytes ? maxDocumentBytes : maxArchiveBytes;
	const isTooLarge = uncompressedSize > maxDocumentBytes || bytes > maxArchiveBytes;
	return {
		name: `${name}: ${fileName}`.slice(0, 1_000),
		content: entry.isEncrypted()
			? { problem: { kind: "encryptedArchive" } }
			: isTooLarge
				? { problem: { kind: "tooLarge", limitBytes } }
				: // yauzl enforces the stated size while unpacking.
					{ chunks: () => zip.openReadStreamPromise(entry) as Promise<AsyncIterable<Uint8Array>> },
		packedBytes: compressedSize,
		bytes: uncompressedSize,
	};
}

/** Returns the message of the system or of yauzl. */
export function unreadableReason(error: unknown): string {
	return (error instanceof Error ? error.message : String(error)).slice(0, 500);
}
