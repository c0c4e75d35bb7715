import type { InferenceFailure } from "../protocol/failure";
import { FailureError } from "../protocol/failureError";
import { kindInName, possibleKindInName } from "../protocol/download/modelFileName";
import { kindOf, type ModelKind } from "../protocol/download/modelKind";
import { readGgufHeader, withGguf } from "./ggufFile";
import { kindOfFirst } from "./ggufModel";
import { GgufMetadata } from "./ggufMetadata";
import { HeaderBudget, modelLimits, type HeaderLimits } from "./headerBudget";

/**
 * Small limits, since many files are inspected. The relevant keys come before the vocabulary, which takes megabytes.
 */
const glimpseLimits: HeaderLimits = { ...modelLimits, bytes: 2 ** 21, milliseconds: 1000 };
/** Limits for headers whose remainder may change the verdict. */
const lookLimits: HeaderLimits = { ...modelLimits, bytes: 2 ** 26, milliseconds: 2000 };

/**
 * Determines a model's kind from the beginning of its file.
 *
 * Returns the kind that the name suggests if the header cannot be read, or a failure if the file is not a GGUF.
 */
export async function glimpse(path: string): Promise<ModelKind | InferenceFailure> {
	const named = kindInName(path);
	const metadata = new GgufMetadata();
	let tensorCount: number | undefined;
	const error = await withGguf(path, new HeaderBudget(glimpseLimits), async (cursor) => {
		tensorCount = await cursor.countOf("tensors");
		await metadata.read(cursor, await cursor.countOf("keys"));
	}).catch(expected);
	if (error?.failure.kind === "notGguf" || error?.failure.kind === "modelFileMissing") {
		return error.failure;
	}
	if (metadata.architecture === "" && error) {
		return named ?? "text";
	}
	const isEmpty = tensorCount === 0 && !metadata.split;
	const facts = metadata.facts(isEmpty ? { count: 0, hasFirstBlock: false } : undefined);
	const isDoubtful = named !== undefined || possibleKindInName(path) !== undefined;
	if (isDoubtful || facts.draftLayers !== undefined) {
		const whole = await readGgufHeader(path, new HeaderBudget(lookLimits)).catch(expected);
		if (!(whole instanceof FailureError)) {
			return kindOfFirst(whole, named);
		}
	}
	return kindOf(facts, named);
}

function expected(error: unknown): FailureError {
	if (error instanceof FailureError) {
		return error;
	}
	throw error;
}
