import { constants } from "node:fs";
import { writeAll, type FileSystem } from "./fileSystem";

/**
 * Adds bytes at the end of a file that nobody else writes; all of them or none.
 *
 * @param endByte where the file must end for the bytes to make sense
 * @param isDurable whether a loss of power must not undo it
 * @throws {Error} of the system, or with code "ESTALE" if the file is another one or ends elsewhere.
 */
export async function appendBytes(
	fileSystem: FileSystem,
	file: { readonly path: string; readonly inode: bigint; readonly endByte: number },
	bytes: Buffer,
	isDurable: boolean,
): Promise<void> {
	// Whoever has removed the file meanwhile does not get one without a beginning.
	const handle = await fileSystem.open(file.path, constants.O_WRONLY | constants.O_APPEND);
	try {
		const { ino, size } = await handle.stat({ bigint: true });
		if (ino !== file.inode || Number(size) !== file.endByte) {
			throw Object.assign(new Error("The file was changed meanwhile"), { code: "ESTALE" });
		}
		try {
			await writeAll(handle, bytes);
			if (isDurable) {
				await handle.datasync();
			}
		} catch (error) {
			await cutOff(fileSystem, file.path, file.endByte);
			throw error;
		}
	} finally {
		await handle.close();
	}
}

/** Takes back what a file has behind `endByte`. */
export async function cutOff(fileSystem: FileSystem, path: string, endByte: number): Promise<void> {
	const handle = await fileSystem.open(path, "r+");
	try {
		if ((await handle.stat()).size > endByte) {
			await handle.truncate(endByte);
		}
	} finally {
		await handle.close();
	}
}
