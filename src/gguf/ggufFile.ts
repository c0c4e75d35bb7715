import { open, stat, type FileHandle } from "node:fs/promises";
import { FailureError } from "../protocol/failureError";
import type { KindFacts } from "../protocol/download/modelKind";
import { plainLine, plainWord } from "../protocol/text/plainLine";
import { GgufCursor } from "./ggufCursor";
import { cacheBytesPerToken, GgufMetadata } from "./ggufMetadata";
import { readTensors } from "./ggufTensors";
import { HeaderBudget } from "./headerBudget";
import { otherThanFile, signatureBytes, whatIsIt } from "./notGguf";

/** Longest displayed name, in UTF-16 units. */
const longestName = 100;
const longestArchitecture = 40;

/** The header of a GGUF file. All texts but the template are single plain lines. */
export interface GgufFile {
	readonly fileBytes: number;
	/** At most 40 UTF-16 units; empty if the file does not state it. */
	readonly architecture: string;
	/** `general.name`, at most 100 UTF-16 units; many files have none. */
	readonly name: string | undefined;
	/** `<architecture>.block_count` */
	readonly layers: number | undefined;
	/** Total number of elements of all tensors in this file. */
	readonly parameterCount: number;
	/** `general.file_type`: llama.cpp's number of the quantization. */
	readonly fileType: number | undefined;
	/** `tokenizer.chat_template`, cut to a megabyte. */
	readonly chatTemplate: string | undefined;
	/** `<architecture>.context_length` */
	readonly trainedContextTokens: number | undefined;
	/**
	 * Bytes that each token of context takes, with 16-bit keys and values; `undefined` for models whose attention keeps
	 * less than all keys and values.
	 */
	readonly cacheBytesPerToken: number | undefined;
	/** The offset at which the last tensor ends; `undefined` if a tensor is of an unknown type. */
	readonly dataEnd: number | undefined;
	/** The index of this part of a split model, from 0, and the number of parts; `undefined` for a whole model. */
	readonly split: { readonly index: number; readonly count: number } | undefined;
	/** The facts of this file alone that determine its kind. */
	readonly facts: KindFacts;
}

/**
 * Reads and checks a model file's header. Does not read the weights, but checks that they end within the file.
 *
 * @throws {FailureError} `modelFileMissing`, `notGguf`, `modelTruncated`, `modelUnreadable`
 */
export async function readGgufFile(path: string, budget = new HeaderBudget()): Promise<GgufFile> {
	const file = await readGgufHeader(path, budget);
	if (file.dataEnd !== undefined && file.dataEnd > file.fileBytes) {
		throw new FailureError({ kind: "modelTruncated", path, fileBytes: file.fileBytes });
	}
	return file;
}

/** Reads a header as `readGgufFile` does, of a file whose weights may be missing. */
export function readGgufHeader(path: string, budget = new HeaderBudget()): Promise<GgufFile> {
	return withGguf(path, budget, (cursor, fileBytes) => readHeader(cursor, fileBytes));
}

/**
 * Opens a file, checks that it is a GGUF of a known version, and calls `read` for the rest.
 *
 * @throws {FailureError} `modelFileMissing`, `notGguf`, `modelUnreadable`, and what `read` throws
 */
export async function withGguf<R>(
	path: string,
	budget: HeaderBudget,
	read: (cursor: GgufCursor, fileBytes: number) => Promise<R>,
): Promise<R> {
	let file: FileHandle;
	let fileBytes: number;
	try {
		const stats = await stat(path);
		const found = otherThanFile(stats);
		if (found) {
			throw new FailureError({ kind: "notGguf", path, found });
		}
		fileBytes = stats.size;
		file = await open(path, "r");
	} catch (error) {
		throw error instanceof FailureError ? error : new FailureError(openFailure(path, error));
	}
	try {
		const beginning = Buffer.alloc(Math.min(signatureBytes, fileBytes));
		const { bytesRead } = await file.read(beginning, 0, beginning.length, 0);
		if (!beginning.subarray(0, bytesRead).toString("latin1").startsWith("GGUF")) {
			const found = whatIsIt(beginning.subarray(0, bytesRead));
			throw new FailureError({ kind: "notGguf", path, found });
		}
		const cursor = new GgufCursor(file, path, fileBytes, budget);
		await cursor.bytes(4);
		const version = await cursor.uint32();
		if (version !== 2 && version !== 3) {
			throw cursor.damaged(`GGUF version ${version} is not supported`);
		}
		return await read(cursor, fileBytes);
	} catch (error) {
		throw error instanceof FailureError ? error : new FailureError(openFailure(path, error));
	} finally {
		await file.close();
	}
}

async function readHeader(cursor: GgufCursor, fileBytes: number): Promise<GgufFile> {
	const tensorCount = await cursor.countOf("tensors");
	const metadata = new GgufMetadata();
	await metadata.read(cursor, await cursor.countOf("keys"));
	const tensors = await readTensors(cursor, tensorCount);
	const alignment = Number(metadata.number("general.alignment")) || 32;
	const dataStart = Math.ceil(cursor.position / alignment) * alignment;
	const name = plainLine(metadata.text("general.name") ?? "", longestName);
	return {
		fileBytes,
		architecture: plainWord(metadata.architecture, longestArchitecture),
		name: name === "" ? undefined : name,
		layers: metadata.positive("block_count"),
		parameterCount: tensors.elements,
		fileType: metadata.number("general.file_type"),
		chatTemplate: metadata.text("tokenizer.chat_template"),
		trainedContextTokens: metadata.positive("context_length"),
		cacheBytesPerToken: cacheBytesPerToken(metadata),
		dataEnd: tensors.end === undefined ? undefined : dataStart + tensors.end,
		split: metadata.split,
		facts: metadata.facts({ count: tensorCount, hasFirstBlock: tensors.hasFirstBlock }),
	};
}

function openFailure(path: string, error: unknown): FailureError["failure"] {
	const code = error instanceof Error && "code" in error ? error.code : undefined;
	return code === "ENOENT" || code === "ENOTDIR"
		? { kind: "modelFileMissing", path }
		: { kind: "modelUnreadable", path, reason: String(error) };
}
