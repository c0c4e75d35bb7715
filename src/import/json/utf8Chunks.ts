import { TextDecoder } from "node:util";

/** Byte order marks: not JSON's, but editors and shells leave them. */
const utf8Mark = [0xef, 0xbb, 0xbf];
const utf16Mark = [0xff, 0xfe];

/** @returns a document as UTF-8 without a byte order mark, whatever of the two encodings its mark names. */
export async function* utf8Chunks(
	chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
	let decoder: TextDecoder | undefined;
	let isFirst = true;
	for await (const chunk of chunks) {
		if (isFirst && beginsWith(chunk, utf16Mark)) {
			decoder = new TextDecoder("utf-16le");
		}
		const text = isFirst && beginsWith(chunk, utf8Mark) ? chunk.subarray(utf8Mark.length) : chunk;
		isFirst = false;
		yield decoder ? Buffer.from(decoder.decode(text, { stream: true })) : text;
	}
}

/** A first chunk of a file is longer than a mark. */
function beginsWith(chunk: Uint8Array, mark: readonly number[]): boolean {
	return mark.every((byte, index) => chunk[index] === byte);
}
