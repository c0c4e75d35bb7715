import { assertNever } from "../../protocol/assertNever";
import type { LanguageModel } from "../inference/languageModel";
import type { ModelUse } from "./deleteModel";

/**
 * Reports whether `languageModel` uses a model on this machine.
 *
 * @param setting returns the value of `localLlm.model`
 */
export function modelUse(
	languageModel: Pick<LanguageModel, "status" | "loadedPath" | "unload">,
	setting: () => string,
): ModelUse {
	return {
		isLoaded: ({ parts }) => {
			const { status } = languageModel;
			if (languageModel.loadedPath !== undefined && parts.includes(languageModel.loadedPath)) {
				return true;
			}
			switch (status.kind) {
				case "starting":
				case "downloading":
				case "loading":
					return parts.includes(setting().trim());
				case "ready":
				case "unloaded":
				case "failed":
					return false;
				default:
					return assertNever(status);
			}
		},
		unload: () => languageModel.unload(),
	};
}
