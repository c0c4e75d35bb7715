import { maxPieces, type ImportPiece, type ImportPieces } from "../protocol/import/chatImport";
import { importFile, type ImportStep } from "./importFile";

/** What one answer holds, in UTF-16 units of its JSON: few enough to be read in a blink. One long turn may be more. */
const maxAnswerLength = 256 * 1024;
/** How long one answer may take, in milliseconds. */
const maxAnswerMs = 250;

/** A file that is being read, as far as its pieces are asked for. */
export class ImportReading {
	readonly #steps: AsyncGenerator<ImportStep, void>;
	#waiting: readonly ImportPiece[] = [];
	/** How many of them have been taken. */
	#taken = 0;
	#readBytes = 0;
	#totalBytes = 0;
	#isRead = false;

	constructor(name: string, path: string) {
		this.#steps = importFile(name, path);
	}

	/** @returns the next pieces. Aborting `signal` returns those that there are. */
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

	/** Lets go of the file. */
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

/** @returns about how long the JSON of a piece is. */
function lengthOf(piece: ImportPiece): number {
	if (piece.kind !== "turn" || typeof piece.turn !== "object" || piece.turn === null) {
		return 500;
	}
	return Object.values(piece.turn).reduce<number>((length, member: unknown) => {
		if (typeof member === "string") {
			return length + member.length;
		}
		// Attached code.
		return Array.isArray(member) && member.length > 0
			? length + JSON.stringify(member).length
			: length;
	}, 300);
}
