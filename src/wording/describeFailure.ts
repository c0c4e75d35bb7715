import type { FailureAction } from "./failureAction";
import { assertNever } from "../protocol/assertNever";
import { describeDownloadFailure } from "./describeDownloadFailure";
import { backendTitle, describeBackendProblem } from "../protocol/inference/describeBackend";
import type { CrashRecovery, InferenceFailure } from "../protocol/failure";
import { describeCount, formatBytes, formatCount } from "./format";
import { nameOfKind, useOfKind } from "./describeModelKind";
import { describeNotGguf } from "./describeNotGguf";
import { plainLine, plainPath, plainWord } from "../protocol/text/plainLine";

/** A failure in words. */
export interface FailureDescription {
	/** What happened, and what to do next. */
	readonly sentence: string;
	/** What a program wrote about it; shown as it is, below the sentence. */
	readonly details: readonly string[];
	/** Most useful first. */
	readonly actions: readonly FailureAction[];
}

/** UTF-16 units of what is not ours in a sentence, and in a line of details. */
const longest = { name: 60, path: 300, detail: 1000 };
const mostDetails = 40;

const unknownFailure: FailureDescription = {
	sentence: "It failed for a reason that this version does not know. The log may say more.",
	details: [],
	actions: ["retry", "showLog"],
};

/**
 * The one place that turns failures into sentences, for the view and for VS Code's notifications alike. It never throws:
 * whoever tells of a failure has no second one to tell of.
 *
 * @param hasAttachedCode code goes along with the message, so that it can be taken out
 */
export function describeFailure(
	failure: InferenceFailure,
	hasAttachedCode = false,
): FailureDescription {
	try {
		return describe(failure, hasAttachedCode);
	} catch {
		return unknownFailure;
	}
}

function describe(failure: InferenceFailure, hasAttachedCode: boolean): FailureDescription {
	const say: Say = (sentence, actions, details = []) => ({
		sentence,
		details: details.slice(-mostDetails).map((line) => plainLine(line, longest.detail)),
		actions,
	});

	const path = "path" in failure ? plainPath(failure.path, longest.path) : "";
	switch (failure.kind) {
		case "modelNotChosen":
			return say("No model is chosen. Choose a .gguf file to talk to.", ["chooseModel"]);
		case "modelSettingInvalid":
			return say(
				`“${plainPath(failure.value, longest.path)}” does not name a model. Choose a .gguf file, or set Local LLM: Model to an absolute path, an hf: address or an https address.`,
				["chooseModel", "openSettings"],
			);
		case "modelFileMissing":
			return say(`The model file ${path} is not there. Put it back, or choose another model.`, [
				"chooseModel",
				"retry",
			]);
		case "notGguf":
			return say(describeNotGguf(path, failure.found), ["chooseModel", "retry"]);
		case "notChatModel":
			return say(
				`${path} is ${nameOfKind(failure.modelKind)}. ${useOfKind(failure.modelKind)}, and nobody can chat with it. Choose a chat model.`,
				["chooseModel"],
			);
		case "laterPart":
			return say(
				`${path} is part ${formatCount(failure.part)} of ${formatCount(failure.count)} of a split model. ${failure.first === undefined ? "Choose its first part, which must lie in the same folder." : `Choose its first part: ${plainPath(failure.first, longest.path)}.`}`,
				["chooseModel"],
			);
		case "modelTruncated":
			return say(
				`The model file ${path} is incomplete: it ends after ${formatBytes(failure.fileBytes)}. Copy or download it again, or choose another model.`,
				["chooseModel", "retry"],
			);
		case "unsupportedArchitecture":
			return say(
				`The model ${path} ${failure.architecture === "" ? "does not state its architecture" : `has the architecture “${plainWord(failure.architecture, longest.name)}”`}, which this version cannot run. Choose another model.`,
				["chooseModel"],
			);
		case "modelUnreadable":
			return say(
				`The model file ${path} cannot be read. Choose another model.`,
				["chooseModel", "retry", "showLog"],
				[failure.reason],
			);
		case "insufficientMemory":
			return say(
				`${describeNeed(failure)}; ${formatBytes(failure.freeBytes)} is free. Choose a smaller model, set a smaller context size, or close other programs.`,
				["chooseModel", "openSettings", "retry"],
			);
		case "gpuUnavailable":
			return say(
				`The model cannot run with ${backendTitle(failure.gpu)} on this machine: it ${describeBackendProblem(failure.gpu, failure.problem)}. Set Local LLM: Gpu to “auto” or “off”.`,
				["retryOnCpu", "openSettings", "showLog"],
			);
		case "tooManyGpuLayers":
			return say(
				`${formatCount(failure.gpuLayers)} layers of the model do not fit into the memory of the GPU, of which ${formatBytes(failure.freeBytes)} is free. Set Local LLM: Gpu Layers to “auto” or to fewer.`,
				["openSettings", "chooseModel", "retry"],
			);
		case "engineUnavailable":
			return say(
				"The program that runs models cannot be started on this machine. The log says why.",
				["showLog", "retry"],
				[failure.reason],
			);
		case "templateRefused":
			return say(
				"The model’s chat template does not accept this conversation. Start a new chat, or choose another model.",
				["chooseModel"],
				[failure.reason],
			);
		case "messageTooLong":
			return describeTooLong(failure, hasAttachedCode);
		case "answerTooLong":
			return describeNoRoom(failure);
		case "downloadFailed":
			return describeDownload(failure, say);
		case "processCrashed":
			return say(
				`The process that runs the model ended unexpectedly (${failure.signal ?? `exit code ${failure.exitCode ?? "unknown"}`})${describeRecovery(failure.recovery)}`,
				[
					"retry",
					...(failure.onGpu ? (["retryOnCpu"] as const) : []),
					...(failure.recovery === "gaveUp" ? (["chooseModel"] as const) : []),
					"showCrashReport",
					"showLog",
				],
				failure.lastLines,
			);
		case "answeredElsewhere":
			return say(
				"Another window is answering in this conversation. Wait for the end of that answer, or start a new chat.",
				["retry"],
			);
		case "internal":
			return say(
				"Something went wrong inside the extension. The log has the details.",
				["retry", "showLog"],
				[failure.message],
			);
		default:
			return assertNever(failure);
	}
}

type Say = (
	sentence: string,
	actions: readonly FailureAction[],
	details?: readonly string[],
) => FailureDescription;

function describeDownload(
	{ host, cause, detail }: Extract<InferenceFailure, { readonly kind: "downloadFailed" }>,
	say: Say,
): FailureDescription {
	const { sentence, actions } = describeDownloadFailure(plainLine(host, longest.name), cause);
	return say(sentence, actions, detail === "" ? [] : detail.split("\n"));
}

function describeRecovery(recovery: CrashRecovery): string {
	switch (recovery) {
		case "restarts":
			return ". What was received is kept, and the model is being loaded again.";
		case "gaveUp":
			return " again, after four restarts within three minutes, and is not started once more by itself. What was received is kept. The next message starts it; another model or a smaller context size may help.";
		case "none":
			return ". What was received is kept. The next message starts it again.";
		default:
			return assertNever(recovery);
	}
}

function describeTooLong(
	{
		tokens,
		limitTokens,
		contextTokens,
		trainedContextTokens,
	}: Extract<InferenceFailure, { readonly kind: "messageTooLong" }>,
	hasAttachedCode: boolean,
): FailureDescription {
	const canGrow = contextTokens < trainedContextTokens;
	const remedy = canGrow ? "set a larger context size" : "choose a model with a larger context";
	const shorter = hasAttachedCode ? "Shorten it, remove attached code," : "Shorten it";
	return {
		sentence: `This message is too long for the context: it has ${describeCount(tokens, "token")} with the system prompt, and at most ${formatCount(limitTokens)} of ${formatCount(contextTokens)} leave room for an answer. ${shorter} or ${remedy}.`,
		details: [],
		actions: [canGrow ? "openSettings" : "chooseModel"],
	};
}

function describeNoRoom({
	tokens,
	limitTokens,
	contextTokens,
	trainedContextTokens,
}: Extract<InferenceFailure, { readonly kind: "answerTooLong" }>): FailureDescription {
	const canGrow = contextTokens < trainedContextTokens;
	const remedy = canGrow ? "Set a larger context size" : "Choose a model with a larger context";
	return {
		sentence: `The answer has no room to go on: with its message and the system prompt it has ${formatCount(tokens)} tokens, and more than ${formatCount(limitTokens)} of the context of ${formatCount(contextTokens)} leave none. ${remedy}.`,
		details: [],
		actions: [canGrow ? "openSettings" : "chooseModel"],
	};
}

function describeNeed({
	requiredBytes,
	contextTokens,
}: Extract<InferenceFailure, { readonly kind: "insufficientMemory" }>): string {
	const need =
		requiredBytes === undefined
			? "more memory than there is"
			: `about ${formatBytes(requiredBytes)} of memory`;
	return `The model needs ${need} with a context of ${formatCount(contextTokens)} tokens`;
}
