import type { FileHandle } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";

const sliceBytes = 256 * 1024;
/** Work after which others get their turn, in milliseconds. */
const workMs = 8;
const newline = 0x0a;
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
 * @param onLine called for every line that ends in a newline, without it
 * @throws the signal's reason if it is aborted
 */
export async function readLines(
	handle: FileHandle,
	fromByte: number,
	onLine: (line: string) => void,
	signal?: AbortSignal,
): Promise<LinesRead> {
	let waiting: Buffer[] = [];
	let endByte = fromByte;
	let readByte = fromByte;
	let ending = Buffer.alloc(0);
	let pausedAtMs = performance.now();
	for (;;) {
		const { buffer, bytesRead } = await handle.read(
			Buffer.allocUnsafe(sliceBytes),
			0,
			sliceBytes,
			readByte,
		);
		if (bytesRead === 0) {
			return { endByte, ending, rest: Buffer.concat(waiting) };
		}
		readByte += bytesRead;
		const slice = buffer.subarray(0, bytesRead);
		let from = 0;
		for (let at = slice.indexOf(newline); at >= 0; at = slice.indexOf(newline, from)) {
			const line = Buffer.concat([...waiting, slice.subarray(from, at + 1)]);
			waiting = [];
			from = at + 1;
			endByte += line.length;
			ending = Buffer.concat([ending, line.subarray(-endingBytes)]).subarray(-endingBytes);
			onLine(line.toString("utf8", 0, line.length - 1));
			if (performance.now() - pausedAtMs > workMs) {
				await setImmediate();
				signal?.throwIfAborted();
				pausedAtMs = performance.now();
			}
		}
		if (from < slice.length) {
			waiting.push(slice.subarray(from));
		}
	}
}
