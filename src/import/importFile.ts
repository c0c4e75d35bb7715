import type { ImportPiece } from "../protocol/import/chatImport";
import { ChatScanner } from "./json/chatScanner";
import { DocumentReader, type FileBudget } from "./json/documentReader";
import { openSource, unreadableReason, type ImportDocument } from "./json/importDocuments";
import { maxChats, maxPatternMs } from "./importLimits";
import { utf8Chunks } from "./json/utf8Chunks";

/** The progress of reading a file, with the pieces found since the last step. */
export interface ImportStep {
	readonly pieces: readonly ImportPiece[];
	/** Bytes of the file on disk, so compressed in an archive. */
	readonly readBytes: number;
	readonly totalBytes: number;
}

/** Reads the conversations of a file, one chunk per step. Reads nothing before it is asked to. */
export async function* importFile(name: string, path: string): AsyncGenerator<ImportStep, void> {
	const source = await openSource(name, path);
	try {
		const totalBytes = source.documents.reduce((sum, { packedBytes }) => sum + packedBytes, 0);
		const budget: FileBudget = { chats: maxChats, patternMs: maxPatternMs };
		let before = 0;
		for (const document of source.documents) {
			for await (const { pieces, part } of documentSteps(document, budget)) {
				const readBytes = Math.round(before + part * document.packedBytes);
				yield { pieces, readBytes, totalBytes };
			}
			before += document.packedBytes;
		}
	} finally {
		source.close();
	}
}

interface DocumentStep {
	readonly pieces: readonly ImportPiece[];
	/** The part of the document that has been read, from 0 to 1. */
	readonly part: number;
}

async function* documentSteps(
	{ name, content, bytes, packedBytes }: ImportDocument,
	budget: FileBudget,
): AsyncGenerator<DocumentStep> {
	if ("problem" in content) {
		yield {
			pieces: [{ kind: "problem", document: name, problem: content.problem }],
			part: 1,
		};
		return;
	}
	const reader = new DocumentReader(name, budget);
	const scanner = new ChatScanner(reader);
	let read = 0;
	try {
		for await (const chunk of utf8Chunks(await content.chunks())) {
			const goesOn = scanner.push(chunk) && reader.goesOn;
			read += chunk.length;
			yield { pieces: reader.take(), part: Math.min(1, read / Math.max(1, bytes)) };
			if (!goesOn) {
				break;
			}
		}
		reader.end(scanner.end());
	} catch (error) {
		// The scanner reports faults of the content; this error comes from the disk or the archive.
		scanner.end();
		const isArchive = bytes !== packedBytes || /\.zip: /i.test(name);
		yield {
			pieces: [
				...reader.take(),
				{
					kind: "problem",
					document: name,
					problem: {
						kind: isArchive ? "damagedArchive" : "unreadable",
						reason: unreadableReason(error),
					},
				},
			],
			part: 1,
		};
		return;
	}
	yield { pieces: reader.take(), part: 1 };
}
