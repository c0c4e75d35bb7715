import { open, type FileHandle } from "node:fs/promises";

/*
 * llama.cpp's file of one sequence's state, as far as its sizes are concerned (`llama_state_seq_save_file`, as of
 * 2026). llama.cpp does not check sizes when it loads a file: a file that states more than it contains crashes the
 * process.
 */

/**
 * "ggsq". The file starts with this magic number, the version, the number of tokens, and the tokens; then one part
 * follows for each cache of the model.
 */
const magic = 0x67677371;
const headBytes = 12;

/** The most caches of a model: for full attention, for sliding-window attention, and for an indexer. */
const mostCaches = 4;
const mostStreams = 64;
const mostLayers = 4096;
/** Sizes of a cell's multidimensional position, where a model uses those. */
const positionBytes = [0, 8, 12, 16];

/**
 * Returns whether a state's file is of these tokens and contains everything that it states. A file that does not even
 * begin as a state is left to llama.cpp, which rejects it.
 *
 * @param knowsLayout whether the model's memory consists of attention only, so that every size in the file can be
 * checked
 */
export async function isSound(
	file: string,
	tokens: readonly number[],
	knowsLayout: boolean,
): Promise<boolean> {
	const handle = await open(file);
	try {
		const { size } = await handle.stat();
		const reader = new Reader(handle, size);
		if ((await reader.uint32(0)) !== magic) {
			return true;
		}
		const head = await reader.bytes(0, headBytes + tokens.length * 4);
		if (
			head?.readUInt32LE(8) !== tokens.length ||
			tokens.some((token, at) => head.readInt32LE(headBytes + at * 4) !== token)
		) {
			return false;
		}
		return !knowsLayout || (await endsAtEnd(reader, head.length, tokens.length, mostCaches));
	} finally {
		await handle.close();
	}
}

/** Returns whether the caches from offset `from` on end exactly at the end of the file. */
async function endsAtEnd(
	reader: Reader,
	from: number,
	tokenCount: number,
	mostMore: number,
): Promise<boolean> {
	for (const extraBytes of positionBytes) {
		for (const end of await cacheEnds(reader, from, tokenCount, extraBytes)) {
			const isEnd =
				end === reader.size ||
				(mostMore > 1 && (await endsAtEnd(reader, end, tokenCount, mostMore - 1)));
			if (isEnd) {
				return true;
			}
		}
	}
	return false;
}

/**
 * Returns where a cache that begins at `from` may end: with the values of all layers or, as in some models, without
 * values.
 */
async function cacheEnds(
	reader: Reader,
	from: number,
	tokenCount: number,
	extraBytes: number,
): Promise<readonly number[]> {
	const streams = await reader.uint32(from);
	if (streams === undefined || streams < 1 || streams > mostStreams) {
		return [];
	}
	let ends: readonly number[] = [from + 4];
	for (let stream = 0; stream < streams; stream += 1) {
		const next = await Promise.all(
			ends.map((end) => streamEnds(reader, end, tokenCount, extraBytes)),
		);
		ends = [...new Set(next.flat())];
	}
	return ends;
}

async function streamEnds(
	reader: Reader,
	from: number,
	tokenCount: number,
	extraBytes: number,
): Promise<readonly number[]> {
	const cells = await reader.uint32(from);
	if (cells === undefined || cells > tokenCount) {
		return [];
	}
	if (cells === 0) {
		return [from + 4];
	}
	const cellBytes = 12 + extraBytes;
	const meta = await reader.bytes(from + 4, cells * cellBytes);
	if (!meta || !areCells(meta, cellBytes, tokenCount)) {
		return [];
	}
	const layersAt = from + 4 + meta.length;
	const isTransposed = await reader.uint32(layersAt);
	const layers = await reader.uint32(layersAt + 4);
	if (isTransposed === undefined || isTransposed > 1 || !layers || layers > mostLayers) {
		return [];
	}
	const keysEnd = await rowsEnd(reader, layersAt + 8, layers, cells, false);
	if (keysEnd === undefined) {
		return [];
	}
	const valuesEnd = await rowsEnd(reader, keysEnd, layers, cells, isTransposed === 1);
	return valuesEnd === undefined ? [keysEnd] : [valuesEnd, keysEnd];
}

/** Returns whether each cell belongs to this sequence only, and has a position within its tokens. */
function areCells(meta: Buffer, cellBytes: number, tokenCount: number): boolean {
	for (let at = 0; at < meta.length; at += cellBytes) {
		const position = meta.readInt32LE(at);
		if (position < 0 || position >= tokenCount || meta.readUInt32LE(at + 4) !== 1) {
			return false;
		}
	}
	return true;
}

/** Returns where the keys or values of all layers end; `undefined` if that is beyond the end of the file. */
async function rowsEnd(
	reader: Reader,
	from: number,
	layers: number,
	cells: number,
	isTransposed: boolean,
): Promise<number | undefined> {
	let at = from;
	for (let layer = 0; layer < layers; layer += 1) {
		// A type and the size of a row or, for transposed values, the size and number of elements.
		const sizes = await reader.bytes(at, 12);
		if (!sizes) {
			return undefined;
		}
		const rowBytes = isTransposed
			? sizes.readUInt32LE(4) * sizes.readUInt32LE(8)
			: Number(sizes.readBigUInt64LE(4));
		at += 12 + cells * rowBytes;
		if (at > reader.size) {
			return undefined;
		}
	}
	return at;
}

/** Reads pieces of a file; returns `undefined` for pieces beyond its end. */
class Reader {
	readonly size: number;
	readonly #handle: FileHandle;

	constructor(handle: FileHandle, size: number) {
		this.#handle = handle;
		this.size = size;
	}

	async bytes(position: number, length: number): Promise<Buffer | undefined> {
		if (position + length > this.size) {
			return undefined;
		}
		const buffer = Buffer.alloc(length);
		const { bytesRead } = await this.#handle.read(buffer, 0, length, position);
		return bytesRead === length ? buffer : undefined;
	}

	async uint32(position: number): Promise<number | undefined> {
		return (await this.bytes(position, 4))?.readUInt32LE(0);
	}
}
