import { window } from "vscode";
import { formatBytes } from "../../wording/format";
import type { SecondCopy } from "../inference/localLanguageModelParts";

/** Asks before a model is loaded that another window holds already. @returns whether the person agreed. */
export async function confirmSecondCopy({
	modelName,
	memoryBytes,
	freeBytes,
}: SecondCopy): Promise<boolean> {
	const load = "Load Anyway";
	const answer = await window.showWarningMessage(
		`${modelName} is already loaded in another window.`,
		{
			modal: true,
			detail: `A second copy takes another ${formatBytes(memoryBytes)} of memory; ${formatBytes(freeBytes)} of main memory is free. To free the first, run “Local LLM: Unload Model” in the other window.`,
		},
		load,
	);
	return answer === load;
}
