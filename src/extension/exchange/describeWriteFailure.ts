import { t } from "../../wording/localize";

/** Returns why something could not be written, and what to do. */
export function describeWriteFailure(error: unknown): string {
	const code = error instanceof Error && "code" in error ? String(error.code) : "";
	switch (code) {
		case "ENOSPC":
		case "EDQUOT":
			return t("The disk is full. Free some space, then try again.");
		case "EACCES":
		case "EPERM":
		case "EROFS":
		case "NoPermissions":
			return t(
				"You have no permission to write there. Choose another folder, or change its permissions.",
			);
		case "ENOENT":
		case "ENOTDIR":
		case "FileNotFound":
			return t("The folder no longer exists. Choose another one.");
		default: {
			const reason = error instanceof Error ? error.message : String(error);
			return t("Writing failed ({0}). Try again, or choose another folder.", reason);
		}
	}
}
