import * as v from "valibot";
import type { ChildProgress } from "../../protocol/childProcess";
import type { Disposable } from "../base/disposableStore";

/** The shortest time between two calls of a listener: half the interval between two messages of an answer. */
const spacingMs = 8;

/** Parses the progress of one request, and joins messages that arrive faster than people can read. */
export class SpacedProgress<P> implements Disposable {
	readonly #type: ChildProgress<P>;
	readonly #listener: (value: P) => void;
	readonly #onMalformed: () => void;
	#waiting: { readonly value: P } | undefined;
	#timer: NodeJS.Timeout | undefined;

	constructor(type: ChildProgress<P>, listener: (value: P) => void, onMalformed: () => void) {
		this.#type = type;
		this.#listener = listener;
		this.#onMalformed = onMalformed;
	}

	receive(message: unknown): void {
		const parsed = v.safeParse(this.#type.message, message);
		if (!parsed.success) {
			this.#onMalformed();
			return;
		}
		const value = parsed.output;
		if (this.#timer === undefined) {
			this.#pause();
			this.#listener(value);
		} else if (this.#waiting === undefined) {
			this.#waiting = { value };
		} else {
			const earlier = this.#waiting.value;
			const joined = this.#type.joined(earlier, value);
			this.#waiting = { value: joined ?? value };
			if (joined === undefined) {
				this.#listener(earlier);
			}
		}
	}

	/** Passes the waiting progress to the listener, and then ends. */
	dispose(): void {
		clearTimeout(this.#timer);
		this.#tell();
	}

	#pause(): void {
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			if (this.#waiting !== undefined) {
				this.#pause();
				this.#tell();
			}
		}, spacingMs);
	}

	#tell(): void {
		const waiting = this.#waiting;
		this.#waiting = undefined;
		if (waiting) {
			this.#listener(waiting.value);
		}
	}
}
