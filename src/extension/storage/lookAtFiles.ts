import path from "node:path";
import type { ChatId } from "../../protocol/chat/ids";
import type { UnreadableReason } from "../conversation/chatLibrary";
import type { FileFacts } from "./chatIndex";
import type { StoreParts } from "./storeParts";
import { codeOf, unlessMissing } from "./files/fileSystem";
import { largestJournalBytes } from "./journal/journalReader";
import { whyUnreadable } from "./journal/whyUnreadable";

/** Files that the system is asked about at a time. */
const statsAtOnce = 64;

/** A name in the folder that a conversation has. */
export interface FolderEntry {
	/** Below the folder of all conversations. */
	readonly name: string;
	readonly id: ChatId;
	readonly deletedAtMs: number | undefined;
}

/** What the system says of one: `reason` is why it is not worth opening. */
export interface SeenFile extends FolderEntry, FileFacts {
	readonly reason: UnreadableReason | undefined;
}

/** Asks the system about files. Those that are gone by now are left out; whatever one of them is, the others are told of. */
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
		// A link is there although what it names is not.
		const isLink = await unlessMissing(fileSystem.lstat(place)).catch(() => undefined);
		return isLink && { ...unknown, reason: { kind: "deadLink" } };
	}
}
