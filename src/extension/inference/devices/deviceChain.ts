import type {
	BackendFinding,
	BackendName,
	BackendProblem,
	GpuBackend,
} from "../../../protocol/inference/deviceBackend";

/**
 * The GPU backends that "auto" skips because they failed, and why. Immutable. A backend is skipped until the key changes,
 * which stands for the settings and the driver.
 */
export class DeviceChain {
	static readonly empty = new DeviceChain("", new Map());
	/** The skipped backends, in the order in which they failed. */
	readonly problems: ReadonlyMap<GpuBackend, BackendProblem>;
	readonly #key: string;

	private constructor(key: string, problems: ReadonlyMap<GpuBackend, BackendProblem>) {
		this.#key = key;
		this.problems = problems;
	}

	/** Returns this chain if `key` is its key; otherwise a chain with the new key that skips nothing. */
	under(key: string): DeviceChain {
		return key === this.#key ? this : new DeviceChain(key, new Map());
	}

	/** Returns a chain that also skips `backend`. */
	without(backend: GpuBackend, problem: BackendProblem): DeviceChain {
		return new DeviceChain(this.#key, new Map([...this.problems, [backend, problem]]));
	}

	/** Returns the first of `findings` that has no problem and is not skipped; otherwise "cpu". */
	best(findings: readonly BackendFinding[]): BackendName {
		const usable = findings.find(
			({ backend, problem }) => problem === undefined && !this.problems.has(backend),
		);
		return usable?.backend ?? "cpu";
	}
}
