import { constants } from "node:fs";
import { writeAll, type FileSystem } from "./fileSystem";

/**
 * Appends bytes to a file: all of them or none. The caller must hold the file's lock.
 *
 * @param file the file that is expected at `path`, and the offset at which it must end
 * @param isDurable whether the bytes must survive a power failure
 * @throws {Error} of the system, or with code "ESTALE" if it is another file or ends elsewhere
 */
export async function appendBytes(
	fileSystem: FileSystem,
	file: { readonly path: string; readonly inode: bigint; readonly endByte: number },
	bytes: Buffer,
	isDurable: boolean,
): Promise<void> {
	// Without O_CREAT: if the file was removed, a new one would lack its beginning.
	const handle = await fileSystem.open(file.path, constants.O_WRONLY | constants.O_APPEND);
	try {
		const { ino, size } = await handle.stat({ bigint: true });
		if (ino !== file.inode || Number(size) !== file.endByte) {
			throw Object.assign(new Error("The file has changed"), { code: "ESTALE" });
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

/** Truncates a file to `endByte`, if it is longer. */
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
