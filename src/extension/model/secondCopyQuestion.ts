import { window } from "vscode";
import { formatBytes } from "../../wording/format";
import type { SecondCopy } from "../inference/localLanguageModelParts";
import { t } from "../../wording/localize";

/** Asks before loading a model that another window has already loaded. @returns whether the user agreed */
export async function confirmSecondCopy({
	modelName,
	memoryBytes,
	freeBytes,
}: SecondCopy): Promise<boolean> {
	const load = t("Load Anyway");
	const answer = await window.showWarningMessage(
		t("{0} is already loaded in another window.", modelName),
		{
			modal: true,
			detail: t(
				"A second copy takes another {0} of memory. {1} of main memory is free. To free the first copy, run “Local LLM: Unload Model” in the other window.",
				formatBytes(memoryBytes),
				formatBytes(freeBytes),
			),
		},
		load,
	);
	return answer === load;
}
