import { tensorBytes } from "./ggmlTypes";
import type { GgufCursor } from "./ggufCursor";

/** ggml itself has four; more leaves room for the future. */
const mostDimensions = 8;

/** A summary of the tensors in a file. */
export interface TensorTable {
	/** Where the last tensor ends, relative to the start of the data; `undefined` if a tensor is of an unknown type. */
	readonly end: number | undefined;
	/** Total number of elements. */
	readonly elements: number;
	/** Whether the model's first block is in this file. */
	readonly hasFirstBlock: boolean;
}

/** @throws {FailureError} `modelTruncated`, `modelUnreadable` */
export async function readTensors(cursor: GgufCursor, count: number): Promise<TensorTable> {
	let end: number | undefined = 0;
	let allElements = 0;
	let hasFirstBlock = false;
	for (let index = 0; index < count; index++) {
		const name = await cursor.name();
		// The blocks of encoders and decoders have a prefix.
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
