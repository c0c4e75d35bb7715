import { TextDecoder } from "node:util";

/** Byte order marks. JSON does not allow them, but editors and shells write them. */
const utf8Mark = [0xef, 0xbb, 0xbf];
const utf16Mark = [0xff, 0xfe];

/** Converts a document to UTF-8 without a byte order mark. The mark determines the encoding. */
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

/** Only the first chunk is checked, since it is longer than a mark. */
function beginsWith(chunk: Uint8Array, mark: readonly number[]): boolean {
	return mark.every((byte, index) => chunk[index] === byte);
}
