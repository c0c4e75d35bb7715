import { joinEnds } from "../../protocol/text/cutMiddle";

/** Collects a line piece by piece. Keeps only the beginning and the end of a long line, so memory is bounded. */
export class BoundedLine {
	readonly #endLength: number;
	#beginning = "";
	#end = "";
	#length = 0;

	/** @param endLength how much of the beginning, and how much of the end, is kept, in UTF-16 units */
	constructor(endLength: number) {
		this.#endLength = endLength;
	}

	append(piece: string): void {
		const fits = piece.slice(0, this.#endLength - this.#beginning.length);
		this.#beginning += fits;
		this.#length += piece.length;
		if (fits.length < piece.length) {
			const rest = piece.slice(Math.max(fits.length, piece.length - this.#endLength));
			this.#end = (this.#end + rest).slice(-this.#endLength);
		}
	}

	/** Returns the line, and starts the next one. */
	take(): string {
		const leftOut = this.#length - this.#beginning.length - this.#end.length;
		const line =
			leftOut === 0 ? this.#beginning + this.#end : joinEnds(this.#beginning, leftOut, this.#end);
		this.#beginning = "";
		this.#end = "";
		this.#length = 0;
		return line;
	}
}
