import path from "node:path";
import type { ChatId } from "../../protocol/chat/ids";
import { deletedOf, isDamagedCopyOf } from "./chatPaths";
import { makeFolder, syncFolder, unlessMissing } from "./files/fileSystem";
import type { StoreParts } from "./storeParts";

/** How long a deleted chat can be restored. */
const keepMs = 30 * 24 * 60 * 60 * 1000;

/** The file of a deleted chat. */
export interface DeletedFile {
	readonly name: string;
	readonly id: ChatId;
	readonly deletedAtMs: number;
}

/** Returns the files of deleted chats, most recently deleted first. */
export async function deletedFiles({
	fileSystem,
	paths,
}: StoreParts): Promise<readonly DeletedFile[]> {
	const names = (await unlessMissing(fileSystem.readdir(paths.deletedFolder))) ?? [];
	return names
		.flatMap((name) => {
			const deleted = deletedOf(name);
			return deleted ? [{ name, ...deleted }] : [];
		})
		.sort((a, b) => b.deletedAtMs - a.deletedAtMs);
}

/** Moves the file of a chat to the deleted ones. The caller must hold its lock. */
export async function putAway(parts: StoreParts, id: ChatId, nowMs: number): Promise<void> {
	const { fileSystem, paths } = parts;
	const file = await unlessMissing(fileSystem.stat(paths.journal(id)));
	if (file) {
		await makeFolder(fileSystem, paths.deletedFolder);
		// If the clock is behind, the chat must not look older than its last change: it would be removed too early.
		const atMs = Math.ceil(Math.max(nowMs, file.mtimeMs));
		await fileSystem.rename(paths.journal(id), paths.deleted(id, atMs));
		await syncFolder(fileSystem, paths.deletedFolder);
		await syncFolder(fileSystem, paths.folder);
	}
}

/**
 * Moves the file of a deleted chat back, unless the chat exists. The caller must hold its lock.
 *
 * @returns whether it was moved
 */
export async function bringBack(parts: StoreParts, id: ChatId): Promise<boolean> {
	const { fileSystem, paths } = parts;
	const file = (await deletedFiles(parts)).find((deleted) => deleted.id === id);
	if (!file || (await unlessMissing(fileSystem.stat(paths.journal(id))))) {
		return false;
	}
	await fileSystem.rename(path.join(paths.deletedFolder, file.name), paths.journal(id));
	await syncFolder(fileSystem, paths.folder);
	return true;
}

/** Removes the files of a deleted chat, including copies of damaged ones. The caller must hold its lock. */
export async function removeForGood(parts: StoreParts, id: ChatId): Promise<void> {
	const { fileSystem, paths } = parts;
	for (const file of await deletedFiles(parts)) {
		if (file.id === id) {
			await unlessMissing(fileSystem.unlink(path.join(paths.deletedFolder, file.name)));
		}
	}
	if (!(await unlessMissing(fileSystem.stat(paths.journal(id))))) {
		for (const name of (await unlessMissing(fileSystem.readdir(paths.damagedFolder))) ?? []) {
			if (isDamagedCopyOf(name, id)) {
				await unlessMissing(fileSystem.unlink(path.join(paths.damagedFolder, name)));
			}
		}
	}
}

/** Removes the files of chats deleted more than 30 days ago. @returns the remaining files */
export async function purge(
	parts: StoreParts,
	files: readonly DeletedFile[],
	nowMs: number,
): Promise<readonly DeletedFile[]> {
	const kept: DeletedFile[] = [];
	for (const file of files) {
		if (nowMs - file.deletedAtMs > keepMs) {
			const { fileSystem, paths } = parts;
			const place = path.join(paths.deletedFolder, file.name);
			await unlessMissing(fileSystem.unlink(place)).catch(() => kept.push(file));
		} else {
			kept.push(file);
		}
	}
	return kept;
}
