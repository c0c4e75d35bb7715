import type {
	BackendFinding,
	BackendName,
	BackendProblem,
	GpuBackend,
} from "../../../protocol/inference/deviceBackend";

/**
 * Which GPU backends "auto" passes over after they failed, and why. An immutable value: a backend is passed over until
 * what it failed under, which the key names, changes.
 */
export class DeviceChain {
	static readonly empty = new DeviceChain("", new Map());
	/** Every backend that is passed over, in the order in which they failed. */
	readonly problems: ReadonlyMap<GpuBackend, BackendProblem>;
	readonly #key: string;

	private constructor(key: string, problems: ReadonlyMap<GpuBackend, BackendProblem>) {
		this.#key = key;
		this.problems = problems;
	}

	/** @returns this chain if `key` is the one that it was made under, else one that passes nothing over. */
	under(key: string): DeviceChain {
		return key === this.#key ? this : new DeviceChain(key, new Map());
	}

	/** @returns a chain that passes `backend` over as well. */
	without(backend: GpuBackend, problem: BackendProblem): DeviceChain {
		return new DeviceChain(this.#key, new Map([...this.problems, [backend, problem]]));
	}

	/** @returns the first of `findings` that nothing speaks against; the processor, if there is none. */
	best(findings: readonly BackendFinding[]): BackendName {
		const usable = findings.find(
			({ backend, problem }) => problem === undefined && !this.problems.has(backend),
		);
		return usable?.backend ?? "cpu";
	}
}
