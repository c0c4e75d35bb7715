import { fromBufferPromise, openPromise, type Entry, type ZipFile } from "yauzl";
import { maxArchiveDocuments, maxDocumentBytes } from "./importLimits";

/** A file that the person chose, wherever it lies. */
export interface ChosenFile {
	/** As people call it. */
	readonly name: string;
	/** Where it lies, if that is on this machine. */
	readonly localPath: string | undefined;
	sizeBytes(): Promise<number>;
	/** @throws if it cannot be read */
	bytes(): Promise<Uint8Array>;
}

/** Why a file, or a document in it, cannot be read. */
export type FileProblem =
	| { readonly kind: "unreadable"; readonly reason: string }
	| { readonly kind: "tooLarge"; readonly limitBytes: number }
	/** An archive in which no document is called as exports are. */
	| { readonly kind: "nothingInArchive" }
	| { readonly kind: "damagedArchive"; readonly reason: string }
	| { readonly kind: "encryptedArchive" };

export interface ImportDocument {
	/** Of the file, and of the document if it lies in an archive. */
	readonly name: string;
	readonly content: { readonly text: string } | { readonly problem: FileProblem };
}

/** What exports are called in an archive: ChatGPT's, also in several parts, and LM Studio's. */
const documentName = /(?:^|\/)(?:conversations(?:-\d{1,6})?|[^/]*\.conversation)\.json$/i;
/** What macOS adds to archives beside each file. */
const besides = /(?:^|\/)__MACOSX\//;

/** Reads the documents of a file: itself, or what lies in it if it is a ZIP archive. Expected problems are documents too. */
export async function* importDocuments(
	file: ChosenFile,
	signal: AbortSignal,
): AsyncGenerator<ImportDocument> {
	const { name } = file;
	try {
		if (/\.zip$/i.test(name)) {
			yield* fromArchive(file, signal);
		} else if ((await file.sizeBytes()) > maxDocumentBytes) {
			yield { name, content: { problem: { kind: "tooLarge", limitBytes: maxDocumentBytes } } };
		} else {
			yield { name, content: { text: decode(await file.bytes()) } };
		}
	} catch (error) {
		yield { name, content: { problem: { kind: "unreadable", reason: reasonOf(error) } } };
	}
}

async function* fromArchive(file: ChosenFile, signal: AbortSignal): AsyncGenerator<ImportDocument> {
	let found = 0;
	let zip: ZipFile | undefined;
	try {
		zip = await openArchive(file);
		if (!zip) {
			const problem: FileProblem = { kind: "tooLarge", limitBytes: maxDocumentBytes };
			yield { name: file.name, content: { problem } };
			return;
		}
		for await (const entry of zip.eachEntry()) {
			if (signal.aborted || found >= maxArchiveDocuments) {
				break;
			}
			if (documentName.test(entry.fileName) && !besides.test(entry.fileName)) {
				found += 1;
				yield {
					name: `${file.name}: ${entry.fileName}`,
					content: await contentOf(zip, entry, signal),
				};
			}
		}
	} catch (error) {
		const problem: FileProblem = { kind: "damagedArchive", reason: reasonOf(error) };
		yield { name: file.name, content: { problem } };
		return;
	} finally {
		zip?.close();
	}
	if (found === 0 && !signal.aborted) {
		yield { name: file.name, content: { problem: { kind: "nothingInArchive" } } };
	}
}

/** @returns `undefined` for an archive that lies elsewhere and is too large for the memory. */
async function openArchive(file: ChosenFile): Promise<ZipFile | undefined> {
	const options = { autoClose: false };
	if (file.localPath !== undefined) {
		return openPromise(file.localPath, options);
	}
	return (await file.sizeBytes()) > maxDocumentBytes
		? undefined
		: fromBufferPromise(Buffer.from(await file.bytes()), options);
}

async function contentOf(
	zip: ZipFile,
	entry: Entry,
	signal: AbortSignal,
): Promise<ImportDocument["content"]> {
	if (entry.isEncrypted()) {
		return { problem: { kind: "encryptedArchive" } };
	}
	if (entry.uncompressedSize > maxDocumentBytes) {
		return { problem: { kind: "tooLarge", limitBytes: maxDocumentBytes } };
	}
	// What it unpacks to is held to the size that it states.
	const stream = await zip.openReadStreamPromise(entry);
	const chunks: Buffer[] = [];
	for await (const chunk of stream) {
		chunks.push(chunk as Buffer);
		if (signal.aborted) {
			stream.destroy();
			break;
		}
	}
	return { text: decode(Buffer.concat(chunks)) };
}

function decode(bytes: Uint8Array): string {
	return new TextDecoder().decode(bytes);
}

function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
