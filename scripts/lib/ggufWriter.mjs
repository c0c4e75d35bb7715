/**
 * A value in a GGUF header, with its type (GGUF version 3).
 *
 * @typedef {{ type: "u32" | "i32" | "f32", value: number }
 *   | { type: "bool", value: boolean }
 *   | { type: "string", value: string }
 *   | { type: "strings", value: readonly string[] }
 *   | { type: "i32s", value: readonly number[] }} GgufValue
 */

/**
 * @typedef {object} GgufTensor
 * @property {string} name
 * @property {readonly number[]} dimensions in GGUF's order, the contiguous one first
 * @property {number} type ggml's number of the type
 * @property {number} bytes
 */

/** Tensors start at multiples of this, unless the header says otherwise. */
const alignment = 32;
const typeNumbers = { u32: 4, i32: 5, f32: 6, bool: 7, string: 8, array: 9 };

/** @param {number} bytes */
export function aligned(bytes) {
	return Math.ceil(bytes / alignment) * alignment;
}

/**
 * @param {ReadonlyMap<string, GgufValue>} values
 * @param {readonly GgufTensor[]} tensors whose data follows the header in this order, each at a multiple of 32 bytes
 * @returns {Buffer} everything before the tensors' data
 */
export function ggufHeader(values, tensors) {
	/** @type {Buffer[]} */
	const parts = [Buffer.from("GGUF"), u32(3), u64(tensors.length), u64(values.size)];
	for (const [key, value] of values) {
		// One at a time: a vocabulary has more parts than a call accepts arguments.
		for (const part of [string(key), ...encode(value)]) {
			parts.push(part);
		}
	}
	let offset = 0;
	for (const { name, dimensions, type, bytes } of tensors) {
		parts.push(
			string(name),
			u32(dimensions.length),
			...dimensions.map(u64),
			u32(type),
			u64(offset),
		);
		offset += aligned(bytes);
	}
	const header = Buffer.concat(parts);
	return Buffer.concat([header, Buffer.alloc(aligned(header.length) - header.length)]);
}

/**
 * @param {GgufValue} value
 * @returns {Buffer[]} its type and the value
 */
function encode({ type, value }) {
	switch (type) {
		case "u32":
			return [u32(typeNumbers.u32), u32(value)];
		case "i32":
			return [u32(typeNumbers.i32), i32(value)];
		case "f32": {
			const float = Buffer.alloc(4);
			float.writeFloatLE(value);
			return [u32(typeNumbers.f32), float];
		}
		case "bool":
			return [u32(typeNumbers.bool), Buffer.from([value ? 1 : 0])];
		case "string":
			return [u32(typeNumbers.string), string(value)];
		case "strings":
			return [...array(typeNumbers.string, value.length), ...value.map(string)];
		case "i32s":
			return [...array(typeNumbers.i32, value.length), ...value.map(i32)];
	}
}

/**
 * @param {number} type
 * @param {number} length
 */
function array(type, length) {
	return [u32(typeNumbers.array), u32(type), u64(length)];
}

/** @param {string} text */
function string(text) {
	const bytes = Buffer.from(text);
	return Buffer.concat([u64(bytes.length), bytes]);
}

/** @param {number} value */
function u32(value) {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(value);
	return bytes;
}

/** @param {number} value */
function i32(value) {
	const bytes = Buffer.alloc(4);
	bytes.writeInt32LE(value);
	return bytes;
}

/** @param {number} value */
function u64(value) {
	const bytes = Buffer.alloc(8);
	bytes.writeBigUInt64LE(BigInt(value));
	return bytes;
}
