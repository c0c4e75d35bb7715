/** As many equal tokens in a row tell that a passage is being repeated; fewer often stand together by chance. */
const matchTokens = 3;

/** Finds what followed the last time when the text so far, prompt and answer, ended as it does now. */
export class PromptLookup<T extends number> {
	readonly #tokens: T[] = [];
	/** The place behind the latest of each three tokens in a row, by their key. */
	readonly #places = new Map<number, number>();
	/** The place of what would come next in the passage that is being repeated. */
	#next: number | undefined;

	constructor(tokens: readonly T[]) {
		for (const token of tokens) {
			this.push(token);
		}
	}

	push(token: T): void {
		const repeats = this.#next !== undefined && this.#tokens[this.#next] === token;
		this.#next = repeats ? (this.#next ?? 0) + 1 : undefined;
		this.#tokens.push(token);
		const end = this.#tokens.length;
		if (end >= matchTokens) {
			const key = this.#keyAt(end);
			const place = this.#places.get(key);
			// Keys of different tokens may be the same.
			if (place !== undefined && this.#isSameBefore(place, end)) {
				this.#next ??= place;
			}
			this.#places.set(key, end);
		}
	}

	/** @returns at most so many tokens that would follow, if a passage is being repeated; none otherwise. */
	guess(most: number): readonly T[] {
		return this.#next === undefined ? [] : this.#tokens.slice(this.#next, this.#next + most);
	}

	/** @returns a number for the tokens before a place, seldom that of others. */
	#keyAt(end: number): number {
		let key = 0;
		for (let at = end - matchTokens; at < end; at++) {
			key = Math.imul(key, 0x9e3779b1) + (this.#tokens[at] ?? 0);
		}
		return key | 0;
	}

	#isSameBefore(place: number, end: number): boolean {
		for (let back = 1; back <= matchTokens; back++) {
			if (this.#tokens[place - back] !== this.#tokens[end - back]) {
				return false;
			}
		}
		return true;
	}
}
