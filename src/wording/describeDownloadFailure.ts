import { assertNever } from "../protocol/assertNever";
import type { DownloadCause, RedirectObjection } from "../protocol/download/downloadFailure";
import { plainLine } from "../protocol/text/plainLine";
import type { FailureAction, FailureDescription } from "./failureDescription";
import { formatBytes } from "./format";
import { formatList } from "./intl";
import { plural, t } from "./localize";

type CauseOf<K extends DownloadCause["kind"]> = Extract<DownloadCause, { readonly kind: K }>;
type Description = Pick<FailureDescription, "sentence" | "actions">;

/** Quantizations to name in a sentence. The rest are only counted. */
const mostNamed = 12;
/** Maximum UTF-16 units of the name of a quantization, which a server chose. */
const longestName = 40;

/**
 * Returns why a model could not be downloaded, and what to do.
 *
 * @param host name of the server, as users know it
 */
export function describeDownloadFailure(host: string, cause: DownloadCause): Description {
	// The compiler cannot see that the description and the cause have the same kind.
	const describe = Object.hasOwn(descriptions, cause.kind)
		? (descriptions[cause.kind] as (host: string, cause: DownloadCause) => Description)
		: assertNever(cause as never);
	const { sentence, actions } = describe(host, cause);
	return { sentence, actions: [...actions, "showLog"] };
}

const retryOrChoose: readonly FailureAction[] = ["retry", "chooseModel"];

const descriptions: {
	readonly [K in DownloadCause["kind"]]: (host: string, cause: CauseOf<K>) => Description;
} = {
	unreachable: (host) => ({
		sentence: t(
			"{0} cannot be reached. Check your network and proxy, then try again. The downloaded part is kept.",
			host,
		),
		actions: retryOrChoose,
	}),
	tlsFailed: (host) => ({
		sentence: t(
			"The certificate of {0} is not trusted, so nothing was downloaded. If your network inspects encrypted traffic, install its certificate on this machine, then try again.",
			host,
		),
		actions: retryOrChoose,
	}),
	notFound: (host) => ({
		sentence: t(
			"{0} does not have this model. Check the name in the setting “Local LLM: Model”, or choose another model.",
			host,
		),
		actions: ["chooseModel", "retry"],
	}),
	noSuchQuantization: (host, { available }) => ({
		sentence: t(
			"The repository on {0} does not have this quantization. It has {1}. Name one of them after the colon, or choose another model.",
			host,
			listed(available),
		),
		actions: ["chooseModel"],
	}),
	noModelFile: (host) => ({
		sentence: t(
			"The repository on {0} does not contain a GGUF model. Choose a repository whose name ends in GGUF, or another model.",
			host,
		),
		actions: ["chooseModel"],
	}),
	tokenNeeded: (host, { page }) => ({
		sentence: t(
			"This is a gated model: {0} requires an account that accepted its license. Accept it at {1}, then enter an access token of that account.",
			host,
			page,
		),
		actions: ["enterToken", "chooseModel"],
	}),
	tokenRefused: (host, { page }) => ({
		sentence: t(
			"{0} refused your access token for this model. Accept the model’s license at {1}, or enter another token.",
			host,
			page,
		),
		actions: ["enterToken", "chooseModel"],
	}),
	sizeUnknown: (host) => ({
		sentence: t(
			"{0} does not state the size of this model, so the download cannot be verified. Download the file yourself and choose it, or choose another model.",
			host,
		),
		actions: ["chooseModel"],
	}),
	rateLimited: (host) => ({
		sentence: t(
			"{0} received too many requests from your network. Try again in a few minutes. The downloaded part is kept.",
			host,
		),
		actions: retryOrChoose,
	}),
	serverError: (host, { status }) => ({
		sentence: t(
			"{0} has a server error ({1}). Try again later. The downloaded part is kept.",
			host,
			String(status),
		),
		actions: retryOrChoose,
	}),
	tokenUnsafe: (host) => ({
		sentence: t(
			"{0} asks for an access token, but tokens are sent over HTTPS only. Set “Local LLM: Model Endpoint” to an https address, or choose another model.",
			host,
		),
		actions: ["openSettings", "chooseModel"],
	}),
	redirectRefused: (host, { objection }) => ({
		sentence: `${describeObjection(host, objection)} ${nothingDownloaded()}`,
		actions: ["chooseModel", "openSettings"],
	}),
	answerWithoutEnd: (host) => ({
		sentence: `${t("{0} sends more data about this model than expected.", host)} ${nothingDownloaded()}`,
		actions: ["chooseModel", "openSettings"],
	}),
	diskFull: (_host, cause) => ({ sentence: describeFullDisk(cause), actions: retryOrChoose }),
	folderUnwritable: (_host, { directory }) => ({
		sentence: t("{0} is not writable. Grant your account write access, then try again.", directory),
		actions: retryOrChoose,
	}),
	sizeMismatch: (host, { expectedBytes, receivedBytes }) => ({
		sentence: t(
			"{0} announced {1} for this model but sent {2}, so the file is not used. Try again later, or choose another model.",
			host,
			formatBytes(expectedBytes),
			formatBytes(receivedBytes),
		),
		actions: retryOrChoose,
	}),
	checksumMismatch: (host, { path }) => ({
		sentence: t(
			"The file from {0} does not match its checksum, so it is not used. It is kept as {1}. “Retry” downloads it again.",
			host,
			path,
		),
		actions: retryOrChoose,
	}),
	registryDisagrees: (host, cause) => ({
		sentence: t(
			"{0} has a different {1} than this version needs, so nothing was installed. Update the extension, then try again.",
			host,
			cause.package,
		),
		actions: [],
	}),
	fileRemoved: () => ({
		sentence: t("The file was removed during the download. “Retry” downloads it again."),
		actions: retryOrChoose,
	}),
	processCrashed: () => ({
		sentence: t(
			"The download process ended unexpectedly. The downloaded part is kept, and “Retry” continues from there.",
		),
		actions: retryOrChoose,
	}),
	other: (host) => ({
		sentence: t("The download from {0} failed. Try again. The downloaded part is kept.", host),
		actions: retryOrChoose,
	}),
};

function nothingDownloaded(): string {
	return t(
		"Nothing was downloaded. Choose another model, or check “Local LLM: Model Endpoint” in the settings.",
	);
}

function describeFullDisk({
	requiredBytes,
	freeBytes,
	directory,
	hasBegun,
}: CauseOf<"diskFull">): string {
	const required = formatBytes(requiredBytes);
	if (!hasBegun) {
		const need = t(
			"The model needs {0} of disk space in {1}, including a reserve for other programs.",
			required,
			directory,
		);
		const free = freeBytes === null ? "" : ` ${t("{0} is free.", formatBytes(freeBytes))}`;
		return `${need}${free} ${t("Free some space and try again, or choose a smaller model.")}`;
	}
	const kept = t("Free some space and try again. The downloaded part is kept.");
	// If there is enough space left, a quota or the number of files is exhausted.
	if (requiredBytes === 0 || (freeBytes ?? 0) > requiredBytes) {
		return `${t("The disk or your quota for {0} is full.", directory)} ${kept}`;
	}
	const full =
		freeBytes === null
			? t("The disk or your quota for {0} is full: {1} more is needed.", directory, required)
			: t(
					"The disk or your quota for {0} is full: {1} more is needed, and {2} is free.",
					directory,
					required,
					formatBytes(freeBytes),
				);
	return `${full} ${kept}`;
}

function describeObjection(host: string, objection: RedirectObjection): string {
	switch (objection) {
		case "circle":
			return t("{0} redirects in a circle.", host);
		case "insecure":
			return t("{0} redirects to an unencrypted address.", host);
		case "notWeb":
			return t("{0} redirects to an address that is not a web address.", host);
		case "credentials":
			return t("{0} redirects to an address that contains a name or password.", host);
		case "inner":
			return t("{0} redirects to an address on this machine or its network.", host);
		default:
			return assertNever(objection);
	}
}

function listed(names: readonly string[]): string {
	const named = names.slice(0, mostNamed).map((name) => plainLine(name, longestName));
	const more = names.length - mostNamed;
	return formatList(more > 0 ? [...named, plural(more, "{0} more", "{0} more")] : named);
}
