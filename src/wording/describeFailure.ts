import { assertNever } from "../protocol/assertNever";
import type { CrashRecovery, InferenceFailure } from "../protocol/failure";
import { plainLine, plainPath, plainWord } from "../protocol/text/plainLine";
import { backendTitle, describeBackendProblem, describeExit } from "./describeBackend";
import { describeDownloadFailure } from "./describeDownloadFailure";
import { describeNotChatModel } from "./describeModelKind";
import { describeNotGguf } from "./describeNotGguf";
import type { FailureAction, FailureDescription } from "./failureDescription";
import { formatBytes, formatCount } from "./format";
import { plural, t } from "./localize";

type FailureOf<K extends InferenceFailure["kind"]> = Extract<
	InferenceFailure,
	{ readonly kind: K }
>;

/** Maximum UTF-16 units of foreign text in a sentence, and in a line of details. */
const longest = { name: 60, path: 300, detail: 1000 };
const mostDetails = 40;

/**
 * Returns a failure in words, for the view and for VS Code's notifications. Never throws: a failure from another
 * version or of any other shape gets a general sentence.
 *
 * @param hasAttachedCode whether the message has attached code that can be removed
 */
export function describeFailure(
	failure: InferenceFailure,
	hasAttachedCode = false,
): FailureDescription {
	try {
		const describe = Object.hasOwn(descriptions, failure.kind)
			? // The compiler cannot see that the description and the failure have the same kind.
				(descriptions[failure.kind] as Describe<InferenceFailure>)
			: undefined;
		return describe?.(failure, hasAttachedCode) ?? unknownFailure();
	} catch {
		return unknownFailure();
	}
}

type Describe<F> = (failure: F, hasAttachedCode: boolean) => FailureDescription;

function say(
	sentence: string,
	actions: readonly FailureAction[],
	details: readonly string[] = [],
): FailureDescription {
	const shown = details.slice(-mostDetails).map((line) => plainLine(line, longest.detail));
	return { sentence, details: shown, actions };
}

function unknownFailure(): FailureDescription {
	return say(t("It failed for an unknown reason. The log may have details."), ["retry", "showLog"]);
}

const shownPath = ({ path }: { readonly path: string }): string => plainPath(path, longest.path);

const descriptions: {
	readonly [K in InferenceFailure["kind"]]: Describe<FailureOf<K>>;
} = {
	modelNotChosen: () =>
		say(t("No model is selected. Select a model to chat with."), ["chooseModel"]),
	modelSettingInvalid: ({ value }) =>
		say(
			t(
				"“{0}” is not a model. Choose a .gguf file, or set “Local LLM: Model” to an absolute path, an hf: name, or an https address.",
				plainPath(value, longest.path),
			),
			["chooseModel", "openSettings"],
		),
	modelFileMissing: (failure) =>
		say(
			t(
				"The model file {0} does not exist. Restore it, or choose another model.",
				shownPath(failure),
			),
			["chooseModel", "retry"],
		),
	notGguf: (failure) =>
		say(describeNotGguf(shownPath(failure), failure.found), ["chooseModel", "retry"]),
	notChatModel: (failure) =>
		say(describeNotChatModel(shownPath(failure), failure.modelKind), ["chooseModel"]),
	laterPart: (failure) => say(describeLaterPart(failure), ["chooseModel"]),
	modelTruncated: (failure) =>
		say(
			t(
				"The model file {0} is incomplete: it ends after {1}. Copy or download it again, or choose another model.",
				shownPath(failure),
				formatBytes(failure.fileBytes),
			),
			["chooseModel", "retry"],
		),
	unsupportedArchitecture: (failure) =>
		say(
			failure.architecture === ""
				? t(
						"The model {0} does not state its architecture. Choose another model.",
						shownPath(failure),
					)
				: t(
						"This version cannot run {0}: its architecture “{1}” is not supported. Choose another model.",
						shownPath(failure),
						plainWord(failure.architecture, longest.name),
					),
			["chooseModel"],
		),
	modelUnreadable: (failure) =>
		say(
			t("The model file {0} cannot be read. Choose another model.", shownPath(failure)),
			["chooseModel", "retry", "showLog"],
			[failure.reason],
		),
	insufficientMemory: (failure) =>
		say(describeMemory(failure), ["chooseModel", "openSettings", "retry"]),
	gpuUnavailable: ({ gpu, problem }) =>
		say(
			t(
				"The model cannot run with {0} on this machine ({1}). Set “Local LLM: Gpu” to “auto” or “off”.",
				backendTitle(gpu),
				describeBackendProblem(gpu, problem),
			),
			["retryOnCpu", "openSettings", "showLog"],
		),
	tooManyGpuLayers: ({ gpuLayers, freeBytes }) =>
		say(
			plural(
				gpuLayers,
				"{0} layer does not fit into GPU memory, which has {1} free. Set “Local LLM: Gpu Layers” to “auto”.",
				"{0} layers do not fit into GPU memory, which has {1} free. Set “Local LLM: Gpu Layers” to “auto” or a smaller number.",
				formatBytes(freeBytes),
			),
			["openSettings", "chooseModel", "retry"],
		),
	engineUnavailable: ({ reason }) =>
		say(
			t("llama.cpp cannot be loaded on this machine. See the log for details."),
			["showLog", "retry"],
			[reason],
		),
	templateRefused: ({ reason }) =>
		say(
			t(
				"The model’s chat template does not accept this chat. Start a new chat, or choose another model.",
			),
			["chooseModel"],
			[reason],
		),
	messageTooLong: describeTooLong,
	answerTooLong: describeNoRoom,
	downloadFailed: ({ host, cause, detail }) => {
		const { sentence, actions } = describeDownloadFailure(plainLine(host, longest.name), cause);
		return say(sentence, actions, detail === "" ? [] : detail.split("\n"));
	},
	processCrashed: (failure) =>
		say(
			describeCrash(failure),
			[
				"retry",
				...(failure.onGpu ? (["retryOnCpu"] as const) : []),
				...(failure.recovery === "gaveUp" ? (["chooseModel"] as const) : []),
				"showCrashReport",
				"showLog",
			],
			failure.lastLines,
		),
	answeredElsewhere: () =>
		say(
			t(
				"Another window is answering in this chat. Wait until that answer is complete, or start a new chat.",
			),
			["retry"],
		),
	internal: ({ message }) =>
		say(
			t("Something went wrong in the extension. The log has the details."),
			["retry", "showLog"],
			[message],
		),
};

function describeLaterPart(failure: FailureOf<"laterPart">): string {
	const part = formatCount(failure.part);
	const count = formatCount(failure.count);
	return failure.first === undefined
		? t(
				"{0} is part {1} of {2} of a split model. Put all parts into one folder, and choose the first.",
				shownPath(failure),
				part,
				count,
			)
		: t(
				"{0} is part {1} of {2} of a split model. Choose its first part: {3}.",
				shownPath(failure),
				part,
				count,
				plainPath(failure.first, longest.path),
			);
}

function describeMemory(failure: FailureOf<"insufficientMemory">): string {
	const { requiredBytes, contextTokens, freeBytes } = failure;
	const context = formatCount(contextTokens);
	const free = formatBytes(freeBytes);
	const need =
		requiredBytes === undefined
			? t(
					"With a context of {0} tokens, the model needs more memory than the {1} that is free.",
					context,
					free,
				)
			: t(
					"With a context of {0} tokens, the model needs about {1} of memory; {2} is free.",
					context,
					formatBytes(requiredBytes),
					free,
				);
	return `${need} ${t("Choose a smaller model, set a smaller context size, or close other programs.")}`;
}

function describeCrash(failure: FailureOf<"processCrashed">): string {
	const ended = t(
		"The process that runs the model ended unexpectedly ({0}).",
		describeExit(failure),
	);
	return `${ended} ${describeRecovery(failure.recovery)}`;
}

function describeRecovery(recovery: CrashRecovery): string {
	switch (recovery) {
		case "restarts":
			return t("The text so far is kept, and the model is loading again.");
		case "gaveUp":
			return t(
				"After four restarts within three minutes, it is not restarted automatically. The text so far is kept. Your next message restarts it; a different model or a smaller context size may help.",
			);
		case "none":
			return t("The text so far is kept. Your next message restarts it.");
		default:
			return assertNever(recovery);
	}
}

function describeTooLong(
	failure: FailureOf<"messageTooLong">,
	hasAttachedCode: boolean,
): FailureDescription {
	const canGrow = failure.contextTokens < failure.trainedContextTokens;
	const counts = t(
		"This message is too long. With the system prompt, it has {0} tokens. To leave room for an answer in the context of {2} tokens, it can have at most {1}.",
		formatCount(failure.tokens),
		formatCount(failure.limitTokens),
		formatCount(failure.contextTokens),
	);
	return say(`${counts} ${describeRemedy(canGrow, hasAttachedCode)}`, [
		canGrow ? "openSettings" : "chooseModel",
	]);
}

function describeRemedy(canGrow: boolean, hasAttachedCode: boolean): string {
	if (canGrow) {
		return hasAttachedCode
			? t("Shorten it, remove attached code, or set a larger context size.")
			: t("Shorten it, or set a larger context size.");
	}
	return hasAttachedCode
		? t("Shorten it, remove attached code, or choose a model with a larger context.")
		: t("Shorten it, or choose a model with a larger context.");
}

function describeNoRoom(failure: FailureOf<"answerTooLong">): FailureDescription {
	const canGrow = failure.contextTokens < failure.trainedContextTokens;
	const counts = t(
		"This answer cannot be continued. With its message and the system prompt, it has {0} tokens. To leave room in the context of {2} tokens, it can have at most {1}.",
		formatCount(failure.tokens),
		formatCount(failure.limitTokens),
		formatCount(failure.contextTokens),
	);
	const remedy = canGrow
		? t("Set a larger context size.")
		: t("Choose a model with a larger context.");
	return say(`${counts} ${remedy}`, [canGrow ? "openSettings" : "chooseModel"]);
}
