import path from "node:path";
import type { ChatList, ChatSummary, UnreadableReason } from "../conversation/chatLibrary";
import type { ChatIndex, Described } from "./chatIndex";
import { isMisnamedJournal, journalOf } from "./chatPaths";
import { summarize } from "./chatSummary";
import { deletedFiles, purge } from "./deletedChats";
import { ifPossible, temporarySuffix, unlessMissing } from "./files/fileSystem";
import type { StoreParts } from "./storeParts";
import { readJournal } from "./journal/journalReader";
import { lookAtFiles, type FolderEntry } from "./lookAtFiles";
import { whyUnreadable } from "./journal/whyUnreadable";

/** The age at which an unfinished temporary file is removed, in milliseconds. */
const leftoverMs = 24 * 60 * 60 * 1000;
/** The longest time to read one file, in milliseconds, so that a slow file does not block the list. */
const readLimitMs = 30_000;

/**
 * Lists all chats. Also removes chats that were deleted more than 30 days ago.
 *
 * @throws {Error} of the system, if the chats folder cannot be read
 */
export async function listChats(
	parts: StoreParts,
	index: ChatIndex,
	nowMs: number,
): Promise<ChatList> {
	const { fileSystem, paths } = parts;
	const names = (await unlessMissing(fileSystem.readdir(paths.folder))) ?? [];
	const reasons = new Map<string, UnreadableReason>();
	for (const name of names.filter(isMisnamedJournal)) {
		reasons.set(name, { kind: "misnamed" });
	}
	const seen = await lookAtFiles(parts, [
		...names.flatMap((name): readonly FolderEntry[] => {
			const id = journalOf(name);
			return id === undefined ? [] : [{ name, id, deletedAtMs: undefined }];
		}),
		...(await deletedOnes(parts, nowMs, reasons)),
	]);
	const readable = seen.filter(({ name, reason }) => {
		if (reason) {
			reasons.set(name, reason);
		}
		return reason === undefined;
	});
	const all = await index.describe(readable, async ({ name }) => {
		const id = readable.find((file) => file.name === name)?.id ?? "";
		return describe(parts, name, id);
	});
	const summaries: ChatSummary[] = [];
	readable.forEach(({ name, id, bytes, deletedAtMs }, at) => {
		const described = all[at] ?? { kind: "damaged" };
		if ("kind" in described) {
			reasons.set(name, described);
		} else {
			summaries.push({ id, ...described, fileBytes: bytes, deletedAtMs });
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
		totalBytes: seen.reduce((total, { bytes }) => total + bytes, 0) + (await damagedBytes(parts)),
		freeBytes: await freeBytes(parts),
		unreadable: [...reasons.keys()],
		reasons,
	};
}

/** Returns the deleted chats. If their folder cannot be read, adds it to `reasons`. */
async function deletedOnes(
	parts: StoreParts,
	nowMs: number,
	reasons: Map<string, UnreadableReason>,
): Promise<readonly FolderEntry[]> {
	const { paths } = parts;
	const folder = path.basename(paths.deletedFolder);
	try {
		const kept = await purge(parts, await deletedFiles(parts), nowMs);
		return kept.map((file) => ({ ...file, name: path.join(folder, file.name) }));
	} catch (error) {
		reasons.set(folder, whyUnreadable(error));
		return [];
	}
}

/** Reads and summarizes a file. Never rejects. */
async function describe(
	{ fileSystem, paths, migrations }: StoreParts,
	name: string,
	id: string,
): Promise<Described> {
	try {
		const limit = AbortSignal.timeout(readLimitMs);
		const read = await readJournal(
			fileSystem,
			path.join(paths.folder, name),
			id,
			migrations,
			limit,
		);
		return read?.journal.isReadable ? summarize(read.journal.conversation) : { kind: "damaged" };
	} catch (error) {
		return whyUnreadable(error);
	}
}

async function damagedBytes({ fileSystem, paths }: StoreParts): Promise<number> {
	const names = (await ifPossible(fileSystem.readdir(paths.damagedFolder))) ?? [];
	let bytes = 0;
	for (const name of names) {
		const file = await ifPossible(fileSystem.stat(path.join(paths.damagedFolder, name)));
		bytes += file?.size ?? 0;
	}
	return bytes;
}

/** Returns the free bytes of the disk with the chats folder, or with its nearest existing parent. */
async function freeBytes({ fileSystem, paths }: StoreParts): Promise<number | undefined> {
	for (let folder = paths.folder; ; folder = path.dirname(folder)) {
		const disk = await ifPossible(fileSystem.statfs(folder));
		if (disk || folder === path.dirname(folder)) {
			return disk && disk.bavail * disk.bsize;
		}
	}
}

/** Removes temporary files whose writer no longer exists. */
async function removeLeftovers(
	{ fileSystem, paths }: StoreParts,
	names: readonly string[],
	nowMs: number,
): Promise<void> {
	const lockNames = (await ifPossible(fileSystem.readdir(paths.locksFolder))) ?? [];
	const files = [
		...names.map((name) => path.join(paths.folder, name)),
		...lockNames.map((name) => path.join(paths.locksFolder, name)),
	];
	for (const file of files.filter((each) => each.endsWith(temporarySuffix))) {
		const facts = await ifPossible(fileSystem.stat(file));
		if (facts && nowMs - facts.mtimeMs > leftoverMs) {
			await ifPossible(fileSystem.unlink(file));
		}
	}
}
