import type { GpuChoice } from "../../../protocol/inference/model";
import type { DeviceSelector } from "../devices/deviceSelector";
import { ProcessEnded, type ProcessExit } from "../../process/forkedProcess";
import type { InferenceProcess } from "../inferenceProcess";

export interface ProcessSlotOptions {
	readonly fork: () => InferenceProcess;
	readonly devices: DeviceSelector;
	/** A process is about to be started. */
	readonly onStarting: () => void;
	/** The process that was in the slot has ended, by whatever cause. */
	readonly onExited: (child: InferenceProcess, exit: ProcessExit) => void;
}

/** The one process that runs the model, forked on demand and kept while it computes on what is asked for. */
export class ProcessSlot {
	readonly #options: ProcessSlotOptions;
	#current: { readonly child: InferenceProcess; readonly gpu: GpuChoice } | undefined;

	constructor(options: ProcessSlotOptions) {
		this.#options = options;
	}

	/** The process that was started last; it may have crashed meanwhile, and then still says how. */
	get child(): InferenceProcess | undefined {
		return this.#current?.child;
	}

	/** Id of the process, while it runs. */
	get processId(): number | undefined {
		return this.child?.hasEnded === false ? this.child.pid : undefined;
	}

	/**
	 * @returns the process, started anew where none computes on `gpu`.
	 * @throws {FailureError} if it cannot be used; the slot is empty then, or holds what is left of it.
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
			// It stays: whoever asks it still hears how it ended.
			if (this.child === child) {
				onExited(child, exit);
			}
		});
		try {
			await devices.initialize(child, gpu, signal);
		} catch (error) {
			// Without llama.cpp it is of no use; the next attempt begins afresh.
			await this.end();
			throw error;
		}
		return child;
	}

	/** @throws {ProcessEnded} if the process was ended since it was started. */
	required(): InferenceProcess {
		if (!this.child) {
			throw new ProcessEnded();
		}
		return this.child;
	}

	/** Asks the process to end, and empties the slot at once. Settles when it is gone. */
	async end(): Promise<void> {
		const child = this.child;
		this.#current = undefined;
		await child?.stop();
	}

	/** Kills the process, which stays to say how it ended. */
	kill(): void {
		this.child?.dispose();
	}
}
