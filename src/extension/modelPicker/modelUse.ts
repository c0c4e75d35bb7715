import { assertNever } from "../../protocol/assertNever";
import type { InferenceBackend } from "../inference/backend";
import type { ModelUse } from "./deleteModel";

/** @returns what `backend` does with a model on this machine; `setting` is the value of `localLlm.model`. */
export function modelUse(
	backend: Pick<InferenceBackend, "status" | "loadedPath" | "unload">,
	setting: () => string,
): ModelUse {
	return {
		isLoaded: ({ parts }) => {
			const { status } = backend;
			if (backend.loadedPath !== undefined && parts.includes(backend.loadedPath)) {
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
		unload: () => backend.unload(),
	};
}
