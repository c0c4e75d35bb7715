/** Calls back once nothing has happened for a while. */
export class IdleTimer {
	readonly #onIdle: () => void;
	#timer: NodeJS.Timeout | undefined;

	constructor(onIdle: () => void) {
		this.#onIdle = onIdle;
	}

	/** Begins the wait anew. @param minutes 0: never. */
	start(minutes: number): void {
		this.stop();
		if (minutes > 0) {
			this.#timer = setTimeout(this.#onIdle, minutes * 60_000);
		}
	}

	stop(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
	}
}
