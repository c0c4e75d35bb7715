import { inferenceProtocolVersion, Initialize } from "../../protocol/inference";
import type { Device, GpuChoice } from "../../protocol/model";
import type { Log } from "../log";
import { ForkedProcess } from "../process/forkedProcess";

/** The process that runs models, from its fork to its end. */
export class InferenceProcess extends ForkedProcess {
	readonly #device: { mayBeGpu: boolean };

	/**
	 * @param modulePath of the bundle that serves the inference protocol.
	 * @param addedPackages a folder with packages that were added to the engine.
	 */
	constructor(modulePath: string, log: Log, addedPackages?: string) {
		const device = { mayBeGpu: false };
		super({
			name: "inference process",
			modulePath,
			args: addedPackages === undefined ? [] : [addedPackages],
			log,
			describeCrash: (crash) => ({ kind: "processCrashed", ...crash, onGpu: device.mayBeGpu }),
		});
		this.#device = device;
	}

	/** Agrees on the protocol and loads llama.cpp. @throws {FailureError} */
	async initialize(gpu: GpuChoice, signal: AbortSignal): Promise<void> {
		const params = { protocolVersion: inferenceProtocolVersion, gpu };
		this.#device.mayBeGpu = gpu !== "off";
		const { backend } = await this.request(Initialize, params, signal);
		this.#device.mayBeGpu = backend !== "cpu";
	}

	/** Tells what computes in truth, which is known only once a model is loaded. */
	computesOn({ kind }: Device): void {
		this.#device.mayBeGpu = kind === "gpu";
	}
}
