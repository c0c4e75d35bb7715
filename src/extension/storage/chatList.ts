import path from "node:path";
import type { ChatList, ChatSummary } from "../conversation/chatLibrary";
import { journalOf } from "./chatPaths";
import type { ChatIndex, FileFacts } from "./chatIndex";
import { summarize } from "./chatSummary";
import { deletedFiles, purge } from "./deletedChats";
import { temporarySuffix, unlessMissing } from "./fileSystem";
import type { StoreParts } from "./journalFile";
import { readJournal } from "./journalReader";

/** Files that the system is asked about at a time. */
const statsAtOnce = 64;
/** A file that was begun and never finished is removed after this time. */
const leftoverMs = 24 * 60 * 60 * 1000;

/** Describes all files. What was deleted more than 30 days ago is removed. */
export async function listChats(
	parts: StoreParts,
	index: ChatIndex,
	nowMs: number,
): Promise<ChatList> {
	const { fileSystem, paths } = parts;
	const names = (await unlessMissing(fileSystem.readdir(paths.folder))) ?? [];
	const deleted = await purge(parts, await deletedFiles(parts), nowMs);
	const files = await statAll(parts, [
		...names.flatMap((name) => {
			const id = journalOf(name);
			return id === undefined ? [] : [{ name, id, deletedAtMs: undefined }];
		}),
		...deleted.map((file) => ({ ...file, name: path.join("deleted", file.name) })),
	]);
	const contents = await index.describe(files, async ({ name }) => {
		const id = files.find((file) => file.name === name)?.id ?? "";
		const read = await readJournal(fileSystem, path.join(paths.folder, name), id, parts.migrations);
		return read?.journal.isReadable ? summarize(read.journal.conversation) : null;
	});
	const summaries: ChatSummary[] = [];
	const unreadable: string[] = [];
	files.forEach(({ name, id, bytes, deletedAtMs }, at) => {
		const content = contents[at];
		if (content) {
			summaries.push({ id, ...content, fileBytes: bytes, deletedAtMs });
		} else {
			unreadable.push(name);
		}
	});
	await removeLeftovers(parts, names, nowMs);
	return {
		chats: summaries
			.filter(({ deletedAtMs }) => deletedAtMs === undefined)
			.sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.updatedAtMs - a.updatedAtMs),
		deleted: summaries
			.filter(({ deletedAtMs }) => deletedAtMs !== undefined)
			.sort((a, b) => (b.deletedAtMs ?? 0) - (a.deletedAtMs ?? 0)),
		totalBytes: files.reduce((total, { bytes }) => total + bytes, 0) + (await damagedBytes(parts)),
		freeBytes: await freeBytes(parts),
		unreadable,
	};
}

interface ListedFile extends FileFacts {
	readonly id: string;
	readonly deletedAtMs: number | undefined;
}

async function statAll(
	{ fileSystem, paths }: StoreParts,
	files: readonly Pick<ListedFile, "name" | "id" | "deletedAtMs">[],
): Promise<readonly ListedFile[]> {
	const listed: ListedFile[] = [];
	for (let from = 0; from < files.length; from += statsAtOnce) {
		const some = files.slice(from, from + statsAtOnce).map(async (file) => {
			const facts = await unlessMissing(fileSystem.stat(path.join(paths.folder, file.name)));
			return facts?.isFile() ? [{ ...file, bytes: facts.size, modifiedAtMs: facts.mtimeMs }] : [];
		});
		listed.push(...(await Promise.all(some)).flat());
	}
	return listed;
}

async function damagedBytes({ fileSystem, paths }: StoreParts): Promise<number> {
	const names = (await unlessMissing(fileSystem.readdir(paths.damagedFolder))) ?? [];
	let bytes = 0;
	for (const name of names) {
		const file = await unlessMissing(fileSystem.stat(path.join(paths.damagedFolder, name)));
		bytes += file?.size ?? 0;
	}
	return bytes;
}

/** @returns what is free on the disk of the folder, or of the first above it that is there. */
async function freeBytes({ fileSystem, paths }: StoreParts): Promise<number> {
	for (let folder = paths.folder; ; folder = path.dirname(folder)) {
		const disk = await unlessMissing(fileSystem.statfs(folder));
		if (disk || folder === path.dirname(folder)) {
			return disk ? disk.bavail * disk.bsize : 0;
		}
	}
}

/** Removes files that somebody was writing who is gone. */
async function removeLeftovers(
	{ fileSystem, paths }: StoreParts,
	names: readonly string[],
	nowMs: number,
): Promise<void> {
	const lockNames = (await unlessMissing(fileSystem.readdir(paths.locksFolder))) ?? [];
	const files = [
		...names.map((name) => path.join(paths.folder, name)),
		...lockNames.map((name) => path.join(paths.locksFolder, name)),
	];
	for (const file of files.filter((each) => each.endsWith(temporarySuffix))) {
		const facts = await unlessMissing(fileSystem.stat(file));
		if (facts && nowMs - facts.mtimeMs > leftoverMs) {
			await fileSystem.unlink(file).catch(() => undefined);
		}
	}
}
