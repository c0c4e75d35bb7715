/** Limits for reading the headers of one model, all parts together. */
export interface HeaderLimits {
	readonly bytes: number;
	/** The number of strings in lists. */
	readonly strings: number;
	readonly keys: number;
	readonly tensors: number;
	readonly milliseconds: number;
}

/** The largest known headers have tens of megabytes and a million strings. */
export const modelLimits: HeaderLimits = {
	bytes: 256 * 2 ** 20,
	strings: 4 * 2 ** 20,
	keys: 16_384,
	tensors: 65_536,
	milliseconds: 20_000,
};

export type Counted = Exclude<keyof HeaderLimits, "milliseconds">;

/** Tracks how much may still be read. */
export class HeaderBudget {
	readonly #left: Record<Counted, number>;
	readonly #deadlineMs: number;

	constructor({ milliseconds, ...left }: HeaderLimits = modelLimits) {
		this.#left = { ...left };
		this.#deadlineMs = performance.now() + milliseconds;
	}

	/** Spends part of the budget. Returns which limit was exceeded, if one was. */
	spend(what: Counted, count: number): string | undefined {
		this.#left[what] -= count;
		if (this.#left[what] < 0) {
			return "its header is larger than that of any known model";
		}
		return performance.now() > this.#deadlineMs ? "its header takes too long to read" : undefined;
	}
}
