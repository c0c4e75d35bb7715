/** Calls back after a period without activity. */
export class IdleTimer {
	readonly #onIdle: () => void;
	#timer: NodeJS.Timeout | undefined;

	constructor(onIdle: () => void) {
		this.#onIdle = onIdle;
	}

	/** Restarts the wait. @param minutes until the callback; 0 for never */
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
