import { createHash } from "node:crypto";
import path from "node:path";
import type { ChatId } from "../../../protocol/chat/ids";
import type { Clock } from "../../base/clock";
import type { ChatFileState } from "../../conversation/chatLibrary";
import type { Log } from "../../base/log";
import { codeOf, makeFolder, replaceFile, unlessMissing } from "../files/fileSystem";
import type { StoreParts } from "../storeParts";
import { openToRead } from "../../base/openToRead";
import { largestJournalBytes } from "./journalReader";

export interface DamageParts extends StoreParts {
	readonly clock: Clock;
	readonly log: Log;
}

/** Records the damage to the file of one chat, and keeps a copy of the damaged file. */
export class DamageReport {
	readonly #parts: DamageParts;
	readonly #id: ChatId;
	#damage: ChatFileState["damage"];
	#lostRecords = 0;

	constructor(parts: DamageParts, id: ChatId) {
		this.#parts = parts;
		this.#id = id;
	}

	/** The latest damage. `keptAt` is the path of the copy, or of the file itself if it could not be copied. */
	get damage(): ChatFileState["damage"] {
		return this.#damage;
	}

	/** Whether there is a copy of the damaged file. True without damage. */
	get isKept(): boolean {
		return this.#damage?.keptAt !== this.#parts.paths.journal(this.#id);
	}

	/** Copies the file if there is new damage. Never rejects. */
	async note(lostRecords: number): Promise<void> {
		if (lostRecords > 0 && lostRecords !== this.#lostRecords) {
			const { log, clock, paths } = this.#parts;
			const keptAt = await setAside(this.#parts, this.#id, clock.nowMs()).catch(
				(error: unknown) => {
					log.warn(`a damaged file could not be copied: ${codeOf(error)}`);
					return paths.journal(this.#id);
				},
			);
			log.warn(`${lostRecords} records of a chat could not be read; its file is kept at ${keptAt}`);
			this.#damage = { lostRecords, keptAt };
		}
		this.#lostRecords = lostRecords;
	}
}

/**
 * Copies a damaged file, once for each content.
 *
 * @returns the path of the copy
 */
async function setAside(parts: StoreParts, id: ChatId, nowMs: number): Promise<string> {
	const { fileSystem, paths } = parts;
	const opened = await openToRead(fileSystem, paths.journal(id), largestJournalBytes);
	if (!opened) {
		throw new Error("The file is missing");
	}
	let bytes: Buffer;
	try {
		bytes = await opened.handle.readFile();
	} finally {
		await opened.handle.close();
	}
	const content = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
	const names = (await unlessMissing(fileSystem.readdir(paths.damagedFolder))) ?? [];
	const ending = `-${content}.jsonl`;
	const known = names.find((name) => name.startsWith(`${id}-`) && name.endsWith(ending));
	const kept = path.join(paths.damagedFolder, known ?? `${id}-${nowMs}${ending}`);
	if (known === undefined) {
		await makeFolder(fileSystem, paths.damagedFolder);
		await replaceFile(fileSystem, kept, bytes);
	}
	return kept;
}
