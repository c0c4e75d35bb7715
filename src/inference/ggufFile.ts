import { open, type FileHandle } from "node:fs/promises";
import { tensorBytes } from "./ggmlTypes";
import { GgufCursor } from "./ggufCursor";
import { FailureError } from "../protocol/failureError";

/** UTF-16 units of a name that people are shown. */
const longestName = 100;

/** What a GGUF file says of itself before its weights. */
export interface GgufFile {
	readonly fileBytes: number;
	readonly architecture: string;
	/** `general.name` as one line of at most 100 UTF-16 units; many files have none. */
	readonly name: string | undefined;
	/** `<architecture>.block_count` */
	readonly layers: number | undefined;
	/** Numbers in all tensors of this file. */
	readonly parameterCount: number;
	/** `general.file_type`: llama.cpp's number of the quantization. */
	readonly fileType: number | undefined;
	/** `tokenizer.chat_template` */
	readonly chatTemplate: string | undefined;
	/** `<architecture>.context_length` */
	readonly trainedContextTokens: number | undefined;
	/**
	 * Bytes that each token of context takes, keys and values as 16-bit numbers; `undefined` for models whose
	 * attention keeps less than all of them.
	 */
	readonly cacheBytesPerToken: number | undefined;
	/** Where the last tensor ends, if all tensors are of known types. */
	readonly dataEnd: number | undefined;
}

/**
 * Reads and checks a model file's header. The weights are not read, but their end must lie within the file.
 *
 * @throws {FailureError} `modelFileMissing`, `notGguf`, `modelTruncated`, `modelUnreadable`
 */
export async function readGgufFile(path: string): Promise<GgufFile> {
	const file = await readGgufHeader(path);
	if (file.dataEnd !== undefined && file.dataEnd > file.fileBytes) {
		throw new FailureError({ kind: "modelTruncated", path, fileBytes: file.fileBytes });
	}
	return file;
}

/** Does what `readGgufFile` does, but for a file whose weights may be missing. */
export async function readGgufHeader(path: string): Promise<GgufFile> {
	let file: FileHandle;
	try {
		file = await open(path, "r");
	} catch (error) {
		throw new FailureError(openFailure(path, error));
	}
	try {
		const stats = await file.stat();
		if (!stats.isFile()) {
			throw new FailureError({ kind: "notGguf", path });
		}
		return await readHeader(new GgufCursor(file, path, stats.size), path, stats.size);
	} finally {
		await file.close();
	}
}

async function readHeader(cursor: GgufCursor, path: string, fileBytes: number): Promise<GgufFile> {
	if (fileBytes < 4 || (await cursor.bytes(4)).toString("latin1") !== "GGUF") {
		throw new FailureError({ kind: "notGguf", path });
	}
	const version = await cursor.uint32();
	if (version !== 2 && version !== 3) {
		throw cursor.damaged(`GGUF version ${version} is not supported`);
	}
	const tensorCount = await cursor.count();
	const metadataCount = await cursor.count();
	const metadata = new Map<string, string | number | undefined>();
	for (let index = 0; index < metadataCount; index++) {
		const key = await cursor.string();
		const value = await cursor.value(await cursor.uint32());
		metadata.set(key, value);
	}
	const tensors = await readTensors(cursor, tensorCount);
	const alignment = Number(metadata.get("general.alignment")) || 32;
	const dataStart = Math.ceil(cursor.position / alignment) * alignment;
	const architecture = String(metadata.get("general.architecture") ?? "");
	const name = asOneLine(metadata.get("general.name"));
	const number = (key: string): number | undefined => {
		const value = metadata.get(key);
		return typeof value === "number" ? value : undefined;
	};
	const positive = (key: string): number | undefined => {
		const value = number(`${architecture}.${key}`);
		return value === 0 ? undefined : value;
	};
	const chatTemplate = metadata.get("tokenizer.chat_template");
	return {
		fileBytes,
		architecture,
		name: name === "" ? undefined : name,
		layers: positive("block_count"),
		parameterCount: tensors.elements,
		fileType: number("general.file_type"),
		chatTemplate: typeof chatTemplate === "string" ? chatTemplate : undefined,
		trainedContextTokens: positive("context_length"),
		cacheBytesPerToken: cacheBytesPerToken(metadata, architecture, positive),
		dataEnd: tensors.end === undefined ? undefined : dataStart + tensors.end,
	};
}

/** The file's author chose the text, and every view shows it: no line breaks, nothing that turns writing around. */
function asOneLine(value: string | number | undefined): string {
	const text = String(value ?? "").slice(0, 10 * longestName);
	const line = text.replace(/[\s\p{Cc}\p{Cf}]+/gu, " ").trim();
	return line.length > longestName ? `${line.slice(0, longestName - 1)}…` : line;
}

/** @returns the end of the last tensor, from the start of the data, and how many numbers all of them have. */
async function readTensors(
	cursor: GgufCursor,
	tensorCount: number,
): Promise<{ readonly end: number | undefined; readonly elements: number }> {
	let end: number | undefined = 0;
	let allElements = 0;
	for (let index = 0; index < tensorCount; index++) {
		await cursor.string();
		let elements = 1;
		const dimensions = await cursor.uint32();
		if (dimensions > 8) {
			throw cursor.damaged(`tensor ${index} has ${dimensions} dimensions`);
		}
		for (let dimension = 0; dimension < dimensions; dimension++) {
			elements *= await cursor.uint64();
		}
		if (!Number.isSafeInteger(elements)) {
			throw cursor.damaged(`tensor ${index} has ${elements} numbers`);
		}
		allElements += elements;
		const bytes = tensorBytes(await cursor.uint32(), elements);
		const offset = await cursor.uint64();
		end = end === undefined || bytes === undefined ? undefined : Math.max(end, offset + bytes);
	}
	return { end, elements: allElements };
}

/** Metadata that tells of sliding windows, compressed keys, or states in their place. */
const thriftyAttention = ["attention.sliding_window", "attention.kv_lora_rank", "ssm.state_size"];

function cacheBytesPerToken(
	metadata: ReadonlyMap<string, string | number | undefined>,
	architecture: string,
	number: (key: string) => number | undefined,
): number | undefined {
	const layers = number("block_count");
	const heads = number("attention.head_count");
	const cachedHeads = number("attention.head_count_kv");
	const width = number("embedding_length");
	if (
		layers === undefined ||
		heads === undefined ||
		width === undefined ||
		// A list: layers differ.
		(metadata.has(`${architecture}.attention.head_count_kv`) && cachedHeads === undefined) ||
		thriftyAttention.some((key) => number(key) !== undefined)
	) {
		return undefined;
	}
	const keys = number("attention.key_length") ?? width / heads;
	const values = number("attention.value_length") ?? width / heads;
	return layers * (cachedHeads ?? heads) * (keys + values) * 2;
}

function openFailure(path: string, error: unknown): FailureError["failure"] {
	const code = error instanceof Error && "code" in error ? error.code : undefined;
	return code === "ENOENT" || code === "ENOTDIR"
		? { kind: "modelFileMissing", path }
		: { kind: "modelUnreadable", path, reason: String(error) };
}
