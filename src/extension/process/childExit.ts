import type { ChildProcess } from "node:child_process";

/** A process that is gone may have left its pipes to another one, which nobody waits for longer than this. */
const pipesMs = 1000;
/** Without its channel a process is of no use; it has this long to end by itself. */
const disconnectedMs = 1000;
/** A process that a driver or a drive holds up does not even heed being killed; it is given up after this time. */
const killedMs = 5000;

/** How a process was when it ended. */
export interface ExitState {
	readonly exitCode: number | null;
	readonly signal: string | null;
}

/** The end of a process, which comes within a bound once it is asked for. */
export class ChildExit {
	/** Settles when the process is gone and what it wrote has been read, when its fork failed, or when it is given up. */
	readonly settled: Promise<ExitState>;
	readonly #child: ChildProcess;
	#timer: NodeJS.Timeout | undefined;
	#settle: (state: ExitState) => void = () => undefined;

	/** @param onError hears why the process could not be forked, asked or ended */
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
			// "close" comes after "exit", when the pipes have been read.
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
