import type * as NodeLlamaCpp from "node-llama-cpp";
import type {
	BackendFinding,
	BackendProblem,
	GpuBackend,
} from "../../protocol/inference/deviceBackend";
import { isInPackage } from "../packages/binaryPackage";

/** Best first. */
const gpuBackends: readonly GpuBackend[] = ["metal", "cuda", "vulkan"];

/** Reports for every GPU backend why it cannot be used, if so. Loads none, so it takes only milliseconds. */
export async function findBackends(
	library: typeof NodeLlamaCpp,
	addedPackages: string | undefined,
): Promise<readonly BackendFinding[]> {
	const valid = await library.getLlamaGpuTypes("allValid");
	const supported = await library.getLlamaGpuTypes("supported");
	return gpuBackends.map((backend) => {
		const problem = objection(
			valid.includes(backend),
			isInPackage(backend, addedPackages),
			supported.includes(backend),
		);
		return problem ? { backend, problem } : { backend };
	});
}

function objection(
	isValid: boolean,
	isHere: boolean,
	hasDriver: boolean,
): BackendProblem | undefined {
	if (!isValid) {
		return { kind: "otherSystem" };
	}
	if (!isHere) {
		return { kind: "notInPackage" };
	}
	return hasDriver ? undefined : { kind: "noDriver" };
}
