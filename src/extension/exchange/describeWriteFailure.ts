/** @returns why something could not be written, and what to do. */
export function describeWriteFailure(error: unknown): string {
	const code = error instanceof Error && "code" in error ? String(error.code) : "";
	switch (code) {
		case "ENOSPC":
		case "EDQUOT":
			return "The disk is full. Free some space, and try again.";
		case "EACCES":
		case "EPERM":
		case "EROFS":
		case "NoPermissions":
			return "You are not allowed to write there. Choose another folder, or change its permissions.";
		case "ENOENT":
		case "ENOTDIR":
		case "FileNotFound":
			return "The folder is not there any more. Choose another one.";
		default: {
			const reason = error instanceof Error ? error.message : String(error);
			return `It could not be written. Try again, or choose another folder. The system says: ${reason}`;
		}
	}
}
