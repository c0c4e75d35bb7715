import { assertNever } from "../protocol/assertNever";
import type { DownloadCause, RedirectObjection } from "../protocol/download/downloadFailure";
import { formatBytes } from "./format";
import { plainLine } from "../protocol/text/plainLine";
import type { FailureAction } from "./failureAction";

/** Why a model cannot be fetched, in words. */
export interface DownloadFailureDescription {
	readonly sentence: string;
	readonly actions: readonly FailureAction[];
}

/** Quantizations named in a sentence before the rest is only counted. */
const mostNamed = 12;
/** UTF-16 units of such a name, which a host chose. */
const longestName = 40;

/** @param host that was asked, as people know it */
export function describeDownloadFailure(
	host: string,
	cause: DownloadCause,
): DownloadFailureDescription {
	const say = (sentence: string, ...actions: FailureAction[]): DownloadFailureDescription => ({
		sentence,
		actions: [...actions, "showLog"],
	});
	switch (cause.kind) {
		case "unreachable":
			return say(
				`${host} cannot be reached. Check the network or proxy and try again: what was downloaded is kept. Or choose a model file on this machine.`,
				"retry",
				"chooseModel",
			);
		case "tlsFailed":
			return say(
				`The certificate of ${host} is not trusted, so nothing was downloaded from it. If your network inspects encrypted traffic, have its certificate installed on this machine; then try again.`,
				"retry",
				"chooseModel",
			);
		case "notFound":
			return say(
				`${host} has no such model. Check the name in Local LLM: Model, or choose another model.`,
				"chooseModel",
				"retry",
			);
		case "noSuchQuantization":
			return say(
				`The repository on ${host} has no such quantization. It has ${list(cause.available)}: name one of them after the colon, or choose another model.`,
				"chooseModel",
			);
		case "noModelFile":
			return say(
				`The repository on ${host} holds no GGUF model. Look for one whose name ends in GGUF, or choose another model.`,
				"chooseModel",
			);
		case "tokenNeeded":
			return say(
				`${host} gives this model only to accounts that have agreed to its licence. Agree at ${cause.page}, then enter an access token of the account.`,
				"enterToken",
				"chooseModel",
			);
		case "tokenRefused":
			return say(
				`${host} does not give this model to the account of the access token. Agree to the model's licence at ${cause.page}, or enter another token.`,
				"enterToken",
				"chooseModel",
			);
		case "sizeUnknown":
			return say(
				`${host} does not tell how large this model is, so it cannot be downloaded safely. Download the file yourself and choose it, or choose another model.`,
				"chooseModel",
			);
		case "rateLimited":
			return say(
				`${host} asks for patience: too many requests came from this network. Try again in a few minutes; what was downloaded is kept.`,
				"retry",
				"chooseModel",
			);
		case "serverError":
			return say(
				`${host} has a fault of its own (${cause.status}). Try again later; what was downloaded is kept.`,
				"retry",
				"chooseModel",
			);
		case "tokenUnsafe":
			return say(
				`${host} asks for an access token, which is sent over HTTPS only. Set Local LLM: Model Endpoint to an https address, or choose another model.`,
				"openSettings",
				"chooseModel",
			);
		case "redirectRefused":
			return say(
				`${host} ${describeObjection(cause.objection)}, so nothing was downloaded. Choose another model, or check Local LLM: Model Endpoint.`,
				"chooseModel",
				"openSettings",
			);
		case "answerWithoutEnd":
			return say(
				`${host} sends more about this model than can be read, so nothing was downloaded. Choose another model, or check Local LLM: Model Endpoint.`,
				"chooseModel",
				"openSettings",
			);
		case "diskFull":
			return say(describeFullDisk(cause), "retry", "chooseModel");
		case "folderUnwritable":
			return say(
				`${cause.directory} is not writable. Grant your account write access to it, then try again.`,
				"retry",
				"chooseModel",
			);
		case "sizeMismatch":
			return say(
				`${host} states ${formatBytes(cause.expectedBytes)} for this model but sends ${formatBytes(cause.receivedBytes)}, so it is not used. Try again later, or choose another model.`,
				"retry",
				"chooseModel",
			);
		case "checksumMismatch":
			return say(
				`What came from ${host} is not what it states: the checksums differ, so the model is not used. The file is kept as ${cause.path}. Retry downloads it again.`,
				"retry",
				"chooseModel",
			);
		case "registryDisagrees":
			return say(
				`${host} has another ${cause.package} than the one that belongs to this version, so nothing was installed. Update the extension and try again.`,
			);
		case "fileRemoved":
			return say(
				"The file was removed while it was being downloaded. Retry downloads it again.",
				"retry",
				"chooseModel",
			);
		case "processCrashed":
			return say(
				"The process that downloads ended unexpectedly. What was downloaded is kept; Retry goes on from there.",
				"retry",
				"chooseModel",
			);
		case "other":
			return say(
				`The download from ${host} failed. Try again; what was downloaded is kept.`,
				"retry",
				"chooseModel",
			);
		default:
			return assertNever(cause);
	}
}

function describeFullDisk({
	requiredBytes,
	freeBytes,
	directory,
	hasBegun,
}: Extract<DownloadCause, { readonly kind: "diskFull" }>): string {
	const free = freeBytes === null ? "" : `; ${formatBytes(freeBytes)} is free`;
	if (!hasBegun) {
		return `The model needs ${formatBytes(requiredBytes)} of disk space in ${directory}, with a reserve for the rest of the machine${free}. Free some space and try again, or choose a smaller model.`;
	}
	// With room left it is a quota that is used up, or the number of files.
	const hasRoom = requiredBytes === 0 || (freeBytes ?? 0) > requiredBytes;
	const figures = hasRoom ? "" : `: ${formatBytes(requiredBytes)} is missing${free}`;
	return `The disk or the quota of ${directory} is full${figures}. Free some space and try again; what was downloaded is kept.`;
}

function describeObjection(objection: RedirectObjection): string {
	switch (objection) {
		case "circle":
			return "leads in a circle";
		case "insecure":
			return "leads to an address without encryption";
		case "notWeb":
			return "leads to an address that is not on the web";
		case "credentials":
			return "leads to an address with a name or password in it";
		case "inner":
			return "leads to an address on this machine or its network";
		default:
			return assertNever(objection);
	}
}

function list(names: readonly string[]): string {
	const named = names
		.slice(0, mostNamed)
		.map((name) => plainLine(name, longestName))
		.join(", ");
	const more = names.length - mostNamed;
	return more > 0 ? `${named} and ${more} more` : named;
}
