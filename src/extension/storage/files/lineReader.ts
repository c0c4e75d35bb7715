import type { FileHandle } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";

const sliceBytes = 256 * 1024;
/** How long to work before a pause, in milliseconds. */
const workMs = 8;
const newline = 0x0a;
/** The longest line, in bytes. A message with the most code possible is far shorter. */
const longestLineBytes = 2 ** 27;
/** Replaces a line that is too long. It is not a valid record. */
const tooLong = Buffer.from("(a line that is too long)");
/** How many of the last bytes are remembered, to recognize the file. */
const endingBytes = 64;

/** The state after reading lines. */
export interface LinesRead {
	/** The offset after the last complete line. */
	readonly endByte: number;
	/** The last bytes before `endByte` that this call read; at most 64. */
	readonly ending: Buffer;
	/** The bytes after the last complete line: a line that is being written or was torn. */
	readonly rest: Buffer;
}

/**
 * Reads lines in slices and with pauses, so that a long file does not block other work.
 *
 * @param onLine called with every line that ends in a newline, without the newline. A line that is too long is replaced
 * by a text that is not a record.
 * @throws the reason of `signal`, if it is aborted
 */
export async function readLines(
	handle: FileHandle,
	fromByte: number,
	onLine: (line: string) => void,
	signal?: AbortSignal,
): Promise<LinesRead> {
	const line = new WaitingLine();
	let endByte = fromByte;
	let readByte = fromByte;
	let ending = Buffer.alloc(0);
	/** The last bytes read. */
	let tail = Buffer.alloc(0);
	let pausedAtMs = performance.now();
	for (;;) {
		const { buffer, bytesRead } = await handle.read(
			Buffer.allocUnsafe(sliceBytes),
			0,
			sliceBytes,
			readByte,
		);
		if (bytesRead === 0) {
			return { endByte, ending, rest: line.take() };
		}
		readByte += bytesRead;
		const slice = buffer.subarray(0, bytesRead);
		let from = 0;
		for (let at = slice.indexOf(newline); at >= 0; at = slice.indexOf(newline, from)) {
			line.add(slice.subarray(from, at));
			from = at + 1;
			endByte = readByte - slice.length + from;
			onLine(line.take().toString());
			if (performance.now() - pausedAtMs > workMs) {
				await setImmediate();
				signal?.throwIfAborted();
				pausedAtMs = performance.now();
			}
		}
		if (from > 0) {
			ending = endOf(tail, slice.subarray(0, from));
		}
		tail = endOf(tail, slice);
		line.add(slice.subarray(from));
		signal?.throwIfAborted();
	}
}

function endOf(earlier: Buffer, later: Buffer): Buffer<ArrayBuffer> {
	return Buffer.concat([earlier, later.subarray(-endingBytes)]).subarray(-endingBytes);
}

/** The pieces of the current line. */
class WaitingLine {
	#pieces: Buffer[] = [];
	#bytes = 0;

	add(piece: Buffer): void {
		this.#bytes += piece.length;
		if (this.#bytes > longestLineBytes) {
			this.#pieces = [tooLong];
		} else if (piece.length > 0) {
			this.#pieces.push(piece);
		}
	}

	/** Returns the line, and begins the next one. */
	take(): Buffer {
		const line = Buffer.concat(this.#pieces);
		this.#pieces = [];
		this.#bytes = 0;
		return line;
	}
}
