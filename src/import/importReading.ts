import { maxPieces, type ImportPiece, type ImportPieces } from "../protocol/import/chatImport";
import { importFile, type ImportStep } from "./importFile";

/**
 * Size of one response, in UTF-16 units of its JSON: small enough to be parsed without a noticeable delay. A single
 * long turn may exceed it.
 */
const maxAnswerLength = 256 * 1024;
/** Time that one response may take, in milliseconds. */
const maxAnswerMs = 250;

/** A file being read, on demand. */
export class ImportReading {
	readonly #steps: AsyncGenerator<ImportStep, void>;
	#waiting: readonly ImportPiece[] = [];
	/** The number of pieces taken so far. */
	#taken = 0;
	#readBytes = 0;
	#totalBytes = 0;
	#isRead = false;

	constructor(name: string, path: string) {
		this.#steps = importFile(name, path);
	}

	/** Returns the next pieces. If `signal` is aborted, returns those that are ready. */
	async next(signal: AbortSignal): Promise<ImportPieces> {
		const pieces: ImportPiece[] = [];
		const startedAt = performance.now();
		let length = 0;
		for (;;) {
			for (const piece of this.#waiting.slice(this.#taken)) {
				const pieceLength = lengthOf(piece);
				const isFull = pieces.length === maxPieces || length + pieceLength > maxAnswerLength;
				if (pieces.length > 0 && isFull) {
					return this.#answer(pieces);
				}
				pieces.push(piece);
				length += pieceLength;
				this.#taken += 1;
			}
			if (this.#isRead || signal.aborted || performance.now() - startedAt > maxAnswerMs) {
				return this.#answer(pieces);
			}
			const step = await this.#steps.next();
			if (step.done) {
				this.#isRead = true;
				this.#readBytes = this.#totalBytes;
			} else {
				this.#waiting = step.value.pieces;
				this.#taken = 0;
				this.#readBytes = step.value.readBytes;
				this.#totalBytes = step.value.totalBytes;
			}
		}
	}

	/** Closes the file. */
	async close(): Promise<void> {
		await this.#steps.return();
	}

	#answer(pieces: readonly ImportPiece[]): ImportPieces {
		return {
			pieces: [...pieces],
			readBytes: this.#readBytes,
			totalBytes: this.#totalBytes,
			done: this.#isRead && this.#taken === this.#waiting.length,
		};
	}
}

/** Returns the approximate length of a piece as JSON. */
function lengthOf(piece: ImportPiece): number {
	if (piece.kind !== "turn" || typeof piece.turn !== "object" || piece.turn === null) {
		return 500;
	}
	return Object.values(piece.turn).reduce<number>((length, member: unknown) => {
		if (typeof member === "string") {
			return length + member.length;
		}
		// Attached code is counted as well.
		return Array.isArray(member) && member.length > 0
			? length + JSON.stringify(member).length
			: length;
	}, 300);
}
