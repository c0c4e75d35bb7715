import type * as NodeLlamaCpp from "node-llama-cpp";
import type { BackendFinding, BackendProblem, GpuBackend } from "../../protocol/deviceBackend";
import { isInPackage } from "../binaryPackage";

/** Best first. */
const gpuBackends: readonly GpuBackend[] = ["metal", "cuda", "vulkan"];

/** Tells of every GPU backend what speaks against it, without loading one: it takes milliseconds. */
export async function findBackends(
	library: typeof NodeLlamaCpp,
): Promise<readonly BackendFinding[]> {
	const valid = await library.getLlamaGpuTypes("allValid");
	const supported = await library.getLlamaGpuTypes("supported");
	return gpuBackends.map((backend) => {
		const problem = objection(backend, valid.includes(backend), supported.includes(backend));
		return problem ? { backend, problem } : { backend };
	});
}

function objection(
	backend: GpuBackend,
	isValid: boolean,
	hasDriver: boolean,
): BackendProblem | undefined {
	if (!isValid) {
		return { kind: "otherSystem" };
	}
	if (!isInPackage(backend)) {
		return { kind: "notInPackage" };
	}
	return hasDriver ? undefined : { kind: "noDriver" };
}
