/** This many equal tokens in a row indicate a repeated passage; fewer often match by chance. */
const matchTokens = 3;

/** Finds how the text (prompt and answer) continued the last time it ended as it does now. */
export class PromptLookup<T extends number> {
	readonly #tokens: T[] = [];
	/** For every three consecutive tokens, by key, the index after their latest occurrence. */
	readonly #places = new Map<number, number>();
	/** The index of the next token in the passage that is being repeated. */
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
			// Different tokens may have the same key.
			if (place !== undefined && this.#isSameBefore(place, end)) {
				this.#next ??= place;
			}
			this.#places.set(key, end);
		}
	}

	/** Returns at most `most` tokens that follow in the repeated passage; none if no passage is being repeated. */
	guess(most: number): readonly T[] {
		return this.#next === undefined ? [] : this.#tokens.slice(this.#next, this.#next + most);
	}

	/** Returns a hash of the tokens before an index. Collisions are rare. */
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
