import { readdir } from "node:fs/promises";
import path from "node:path";
import { chooseModel, type Choice } from "./hub/chooseModel";
import { findGgufModels } from "./hub/ggufModels";
import { localPlace, type ModelAddress } from "./hub/modelAddress";

/** Ignores this machine's memory: the model was chosen for this machine when it was downloaded. */
function choiceOf(address: ModelAddress): Choice {
	return address.kind === "hub"
		? { ...address, memoryBytes: Infinity }
		: { quantization: undefined, repository: "", memoryBytes: Infinity };
}

/**
 * Finds a downloaded model without using the network.
 *
 * @returns the path of its file, or of the first file if it is split
 */
export async function findLocalModel(
	address: ModelAddress,
	directory: string,
): Promise<string | undefined> {
	const { folder, fileName } = localPlace(address);
	const names = await readdir(path.join(directory, folder)).catch(() => []);
	const models = findGgufModels(names.map((name) => ({ name })));
	const model =
		fileName === undefined
			? chooseModel(models, choiceOf(address))
			: models.find(({ parts }) => parts.some(({ name }) => name === fileName));
	const [first] = model?.parts ?? [];
	return first && path.join(directory, folder, first.name);
}
