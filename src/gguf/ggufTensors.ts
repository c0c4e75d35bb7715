import { tensorBytes } from "./ggmlTypes";
import type { GgufCursor } from "./ggufCursor";

/** More than ggml's own four leave room for what comes later. */
const mostDimensions = 8;

/** What the table of a file's tensors tells. */
export interface TensorTable {
	/** Where the last one ends, from the start of the data; `undefined` where one is of an unknown type. */
	readonly end: number | undefined;
	/** Numbers in all of them. */
	readonly elements: number;
	/** Whether the model's first block is among them. */
	readonly hasFirstBlock: boolean;
}

/** @throws {FailureError} `modelTruncated`, `modelUnreadable` */
export async function readTensors(cursor: GgufCursor, count: number): Promise<TensorTable> {
	let end: number | undefined = 0;
	let allElements = 0;
	let hasFirstBlock = false;
	for (let index = 0; index < count; index++) {
		const name = await cursor.name();
		// Encoders' and decoders' blocks have a prefix.
		hasFirstBlock ||= /(?:^|\.)blk\.0\./.test(name);
		const dimensions = await cursor.uint32();
		if (dimensions > mostDimensions) {
			throw cursor.damaged(`tensor ${index} has ${dimensions} dimensions`);
		}
		let elements = 1;
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
	return { end, elements: allElements, hasFirstBlock };
}
