import { UserError } from "../base/userError";
import { t } from "../../wording/localize";

function describeReason(code: string): string {
	switch (code) {
		case "ENOSPC":
			return t("The disk is full. Free some space, then try again.");
		case "EDQUOT":
			return t("Your disk quota is used up. Free some space, then try again.");
		case "EACCES":
		case "EPERM":
			return t("Permission denied. Grant your account write access to the file, then try again.");
		case "EROFS":
			return t("The disk is read-only. Make it writable, then try again.");
		case "EMFILE":
		case "ENFILE":
			return t("Too many files are open. Close other programs, then try again.");
		case "ENOTDIR":
			return t("A file is where the chats folder should be. Move that file away, then try again.");
		case "unreadable":
			return t("Its file cannot be read. Files that cannot be read are at the end of the history.");
		case "newerVersion":
			return t(
				"It was written by a newer version of this extension, so it is read-only here. Update the extension, then try again.",
			);
		default:
			return t("The system says {0}. Try again.", code);
	}
}

/**
 * Performs an action on files, and explains why it failed.
 *
 * @param failure the sentence that an error begins with: "“Title” was not renamed."
 * @throws {UserError} with `failure` and the reason, if the error has a code; any other error unchanged
 */
export async function withReason<T>(failure: string, act: () => Promise<T>): Promise<T> {
	try {
		return await act();
	} catch (error) {
		const code = codeOf(error);
		if (code === undefined) {
			throw error;
		}
		throw new UserError(`${failure} ${describeReason(code)}`);
	}
}

function codeOf(error: unknown): string | undefined {
	return error instanceof Error && "code" in error && typeof error.code === "string"
		? error.code
		: undefined;
}
