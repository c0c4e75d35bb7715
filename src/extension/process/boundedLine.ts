import { joinEnds } from "../../protocol/text/cutMiddle";

/** A line that grows piece by piece. Of a long one only beginning and end are kept, whatever the number of pieces. */
export class BoundedLine {
	readonly #endLength: number;
	#beginning = "";
	#end = "";
	#length = 0;

	/** @param endLength UTF-16 units that are kept of the beginning, and as many of the end */
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

	/** @returns the line, which begins anew. */
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
