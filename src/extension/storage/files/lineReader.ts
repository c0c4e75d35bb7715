import type { FileHandle } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";

const sliceBytes = 256 * 1024;
/** Work after which others get their turn, in milliseconds. */
const workMs = 8;
const newline = 0x0a;
/** A message with all code that a window can have open is far shorter. */
const longestLineBytes = 2 ** 27;
/** Stands for a longer line: it is no record. */
const tooLong = Buffer.from("(a line that is too long)");
/** Of what was read, remembered to recognise the file by. */
const endingBytes = 64;

/** What was read of a file. */
export interface LinesRead {
	/** Offset after the last whole line. */
	readonly endByte: number;
	/** The last bytes before `endByte` that this call read; at most 64. */
	readonly ending: Buffer;
	/** What follows the last whole line: a line that is being written, or one that was torn. */
	readonly rest: Buffer;
}

/**
 * Reads lines, in slices and with pauses, so that a long file stops nobody else's work.
 *
 * @param onLine called for every line that ends in a newline, without it; for one that is far too long with other words
 * @throws the signal's reason if it is aborted
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
	/** The last bytes that were read. */
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

/** What was read of a line so far. */
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

	/** @returns the line, and begins the next. */
	take(): Buffer {
		const line = Buffer.concat(this.#pieces);
		this.#pieces = [];
		this.#bytes = 0;
		return line;
	}
}
