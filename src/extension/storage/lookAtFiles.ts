import path from "node:path";
import type { ChatId } from "../../protocol/chat/ids";
import type { UnreadableReason } from "../conversation/chatLibrary";
import type { FileFacts } from "./chatIndex";
import type { StoreParts } from "./storeParts";
import { codeOf, unlessMissing } from "./files/fileSystem";
import { largestJournalBytes } from "./journal/journalReader";
import { whyUnreadable } from "./journal/whyUnreadable";

/** How many files are checked at the same time. */
const statsAtOnce = 64;

/** An entry of the chats folder with the name of a chat's file. */
export interface FolderEntry {
	/** The path relative to the chats folder. */
	readonly name: string;
	readonly id: ChatId;
	readonly deletedAtMs: number | undefined;
}

/** What the system reports about an entry. `reason` is set if it cannot be read. */
export interface SeenFile extends FolderEntry, FileFacts {
	readonly reason: UnreadableReason | undefined;
}

/** Returns what the system reports about files. Skips missing ones. A failure affects only its own file. */
export async function lookAtFiles(
	parts: StoreParts,
	files: readonly FolderEntry[],
): Promise<readonly SeenFile[]> {
	const seen: SeenFile[] = [];
	for (let from = 0; from < files.length; from += statsAtOnce) {
		const some = files.slice(from, from + statsAtOnce).map((file) => look(parts, file));
		seen.push(...(await Promise.all(some)).filter((file) => file !== undefined));
	}
	return seen;
}

async function look(
	{ fileSystem, paths }: StoreParts,
	file: FolderEntry,
): Promise<SeenFile | undefined> {
	const place = path.join(paths.folder, file.name);
	try {
		const facts = await fileSystem.stat(place);
		const reason: UnreadableReason | undefined = !facts.isFile()
			? { kind: "notFile" }
			: facts.size > largestJournalBytes
				? { kind: "tooLarge" }
				: undefined;
		return { ...file, bytes: facts.size, modifiedAtMs: facts.mtimeMs, reason };
	} catch (error) {
		const unknown = { ...file, bytes: 0, modifiedAtMs: 0 };
		if (codeOf(error) !== "ENOENT") {
			return { ...unknown, reason: whyUnreadable(error) };
		}
		// The entry may be a link whose target is missing.
		const isLink = await unlessMissing(fileSystem.lstat(place)).catch(() => undefined);
		return isLink && { ...unknown, reason: { kind: "deadLink" } };
	}
}
