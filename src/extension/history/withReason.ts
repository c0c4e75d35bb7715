import { UserError } from "../base/userError";

const reasons: Readonly<Record<string, string>> = {
	ENOSPC: "the disk is full. Free some space, then try again.",
	EDQUOT: "your share of the disk is used up. Free some space, then try again.",
	EACCES: "its file must not be touched. Allow this account to change it, then try again.",
	EPERM: "its file must not be touched. Allow this account to change it, then try again.",
	EROFS: "the disk is read-only. Make it writable, then try again.",
	EMFILE: "too many files are open. Close other programs, then try again.",
	ENOTDIR: "a file is in the place of a folder. Move it away, then try again.",
	unreadable: "its file cannot be read. The history names files that cannot be read.",
	newerVersion:
		"a newer version of this extension wrote it, so it can only be read here. Update the extension, then try again.",
	ENFILE: "too many files are open. Close other programs, then try again.",
};

/**
 * Does something with files.
 *
 * @param failure what is the case if it cannot be done: "“Title” was not renamed"
 * @throws {UserError} `failure` with the reason, where the operating system or the store gives one.
 */
export async function withReason<T>(failure: string, act: () => Promise<T>): Promise<T> {
	try {
		return await act();
	} catch (error) {
		const code = codeOf(error);
		if (code === undefined) {
			throw error;
		}
		const reason = reasons[code] ?? `the system says ${code}. Try again.`;
		throw new UserError(`${failure}: ${reason}`);
	}
}

function codeOf(error: unknown): string | undefined {
	return error instanceof Error && "code" in error && typeof error.code === "string"
		? error.code
		: undefined;
}
