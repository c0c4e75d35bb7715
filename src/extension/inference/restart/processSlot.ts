import type { GpuChoice } from "../../../protocol/inference/model";
import type { DeviceSelector } from "../devices/deviceSelector";
import { ProcessEnded, type ProcessExit } from "../../process/forkedProcess";
import type { InferenceProcess } from "../inferenceProcess";

export interface ProcessSlotOptions {
	readonly fork: () => InferenceProcess;
	readonly devices: DeviceSelector;
	/** Called before a process is started. */
	readonly onStarting: () => void;
	/** Called when the process in the slot has ended, for any reason. */
	readonly onExited: (child: InferenceProcess, exit: ProcessExit) => void;
}

/**
 * Holds the one process that runs the model. Forks it on demand, and replaces it when another GPU setting is requested.
 */
export class ProcessSlot {
	readonly #options: ProcessSlotOptions;
	#current: { readonly child: InferenceProcess; readonly gpu: GpuChoice } | undefined;

	constructor(options: ProcessSlotOptions) {
		this.#options = options;
	}

	/** The process that was started last. A crashed process still reports how it ended. */
	get child(): InferenceProcess | undefined {
		return this.#current?.child;
	}

	/** The id of the process; `undefined` if it is not running. */
	get processId(): number | undefined {
		return this.child?.hasEnded === false ? this.child.pid : undefined;
	}

	/**
	 * Returns the process, and starts one if none is running with the setting `gpu`.
	 *
	 * @throws {FailureError} if the process cannot be used; the slot is then empty
	 */
	async start(gpu: GpuChoice, signal: AbortSignal): Promise<InferenceProcess> {
		if (this.#current?.gpu === gpu && !this.#current.child.hasEnded) {
			return this.#current.child;
		}
		await this.end();
		const { fork, devices, onStarting, onExited } = this.#options;
		onStarting();
		const child = fork();
		this.#current = { child, gpu };
		void child.exited.then((exit) => {
			// The process stays in the slot, so that later requests still learn how it ended.
			if (this.child === child) {
				onExited(child, exit);
			}
		});
		try {
			await devices.initialize(child, gpu, signal);
		} catch (error) {
			// Without llama.cpp the process is useless. The next attempt starts another one.
			await this.end();
			throw error;
		}
		return child;
	}

	/** Returns the process in the slot. @throws {ProcessEnded} if the slot is empty because we ended the process */
	required(): InferenceProcess {
		if (!this.child) {
			throw new ProcessEnded();
		}
		return this.child;
	}

	/** Empties the slot at once, and asks the process to end. Resolves when the process is gone. */
	async end(): Promise<void> {
		const child = this.child;
		this.#current = undefined;
		await child?.stop();
	}

	/** Kills the process. It stays in the slot to report how it ended. */
	kill(): void {
		this.child?.dispose();
	}
}
