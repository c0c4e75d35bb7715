import type { ChildProcess } from "node:child_process";

/**
 * A process that has exited may have passed its pipes to another one. Waiting for the pipes to close ends after this
 * time.
 */
const pipesMs = 1000;
/** A process without its IPC channel is useless. It is killed if it does not end within this time. */
const disconnectedMs = 1000;
/**
 * A process that is blocked in a driver or a drive does not react even to SIGKILL. Waiting for it ends after this time.
 */
const killedMs = 5000;

/** The exit code and the signal of a process that has ended. */
export interface ExitState {
	readonly exitCode: number | null;
	readonly signal: string | null;
}

/** Observes the end of a process, and can kill it. Once the process is killed, `settled` resolves within a bound. */
export class ChildExit {
	/**
	 * Resolves when the process is gone and its output has been read, when its fork failed, or when waiting has timed out.
	 */
	readonly settled: Promise<ExitState>;
	readonly #child: ChildProcess;
	#timer: NodeJS.Timeout | undefined;
	#settle: (state: ExitState) => void = () => undefined;

	/** @param onError called if the process cannot be forked, reached, or killed */
	constructor(child: ChildProcess, onError: (error: Error) => void) {
		this.#child = child;
		this.settled = new Promise((resolve) => {
			this.#settle = (state) => {
				clearTimeout(this.#timer);
				child.stdout?.destroy();
				child.stderr?.destroy();
				resolve(state);
			};
		});
		child.once("exit", (exitCode, signal) => {
			const state = { exitCode, signal };
			// "close" follows "exit" when the pipes have been read.
			child.once("close", () => {
				this.#settle(state);
			});
			this.#after(pipesMs, () => {
				this.#settle(state);
			});
		});
		child.once("disconnect", () => {
			if (child.exitCode === null && child.signalCode === null) {
				this.#after(disconnectedMs, () => {
					this.kill();
				});
			}
		});
		child.on("error", (error) => {
			onError(error);
			if (child.pid === undefined) {
				this.#settle({ exitCode: null, signal: null });
			}
		});
	}

	kill(): void {
		if (this.#child.exitCode === null && this.#child.signalCode === null) {
			this.#child.kill("SIGKILL");
			this.#after(killedMs, () => {
				this.#settle({ exitCode: null, signal: "SIGKILL" });
			});
		}
	}

	#after(delayMs: number, then: () => void): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(then, delayMs);
	}
}
