import path from "node:path";
import type { ChatId } from "../../protocol/chat/ids";
import { deletedOf, isDamagedCopyOf } from "./chatPaths";
import { makeFolder, syncFolder, unlessMissing } from "./files/fileSystem";
import type { StoreParts } from "./storeParts";

/** How long a deleted conversation can be had back. */
const keepMs = 30 * 24 * 60 * 60 * 1000;

/** A file among the deleted. */
export interface DeletedFile {
	readonly name: string;
	readonly id: ChatId;
	readonly deletedAtMs: number;
}

/** @returns the files of deleted conversations, last deleted first. */
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

/** Puts a conversation's file among the deleted. Its lock must be held. */
export async function putAway(parts: StoreParts, id: ChatId, nowMs: number): Promise<void> {
	const { fileSystem, paths } = parts;
	const file = await unlessMissing(fileSystem.stat(paths.journal(id)));
	if (file) {
		await makeFolder(fileSystem, paths.deletedFolder);
		// A clock that is behind must not make the conversation look as if it had been here for long.
		const atMs = Math.ceil(Math.max(nowMs, file.mtimeMs));
		await fileSystem.rename(paths.journal(id), paths.deleted(id, atMs));
		await syncFolder(fileSystem, paths.deletedFolder);
		await syncFolder(fileSystem, paths.folder);
	}
}

/**
 * Has a conversation's file back from among the deleted, unless it is there. Its lock must be held.
 *
 * @returns whether it was had back.
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

/** Removes a deleted conversation's files for good, copies of damaged ones included. Its lock must be held. */
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

/** Removes what was deleted more than 30 days ago. @returns what is left. */
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
