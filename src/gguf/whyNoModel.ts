import { FailureError } from "../protocol/failureError";
import type { InferenceFailure } from "../protocol/failure";
import { canChat } from "../protocol/download/modelKind";
import { glimpse } from "./glimpse";
import { requireFirstPart } from "./ggufModel";

/** Returns why a file is not a chat model, as far as its name and beginning tell. */
export async function whyNoModel(path: string): Promise<InferenceFailure | undefined> {
	try {
		await requireFirstPart(path, { split: undefined });
	} catch (error) {
		if (error instanceof FailureError) {
			return error.failure;
		}
		throw error;
	}
	const seen = await glimpse(path);
	if (typeof seen !== "string") {
		return seen;
	}
	return canChat(seen) ? undefined : { kind: "notChatModel", path, modelKind: seen };
}
