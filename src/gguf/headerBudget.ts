/** What reading the headers of one model may take, all of its parts together. */
export interface HeaderLimits {
	readonly bytes: number;
	/** Strings in lists. */
	readonly strings: number;
	readonly keys: number;
	readonly tensors: number;
	readonly milliseconds: number;
}

/** The largest headers known have some tens of megabytes and a million strings. */
export const modelLimits: HeaderLimits = {
	bytes: 256 * 2 ** 20,
	strings: 4 * 2 ** 20,
	keys: 16_384,
	tensors: 65_536,
	milliseconds: 20_000,
};

export type Counted = Exclude<keyof HeaderLimits, "milliseconds">;

/** Counts down what reading may still take. */
export class HeaderBudget {
	readonly #left: Record<Counted, number>;
	readonly #deadlineMs: number;

	constructor({ milliseconds, ...left }: HeaderLimits = modelLimits) {
		this.#left = { ...left };
		this.#deadlineMs = performance.now() + milliseconds;
	}

	/** @returns why there is no more to be read, if that is so. */
	spend(what: Counted, count: number): string | undefined {
		this.#left[what] -= count;
		if (this.#left[what] < 0) {
			return "its header is larger than that of any known model";
		}
		return performance.now() > this.#deadlineMs ? "its header takes too long to read" : undefined;
	}
}
