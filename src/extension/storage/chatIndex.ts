import * as v from "valibot";
import { timeMs } from "../../protocol/schemaParts";
import type { UnreadableReason } from "../conversation/chatLibrary";
import type { SummarizedContent } from "./chatSummary";
import { ifPossible, replaceFile, type FileSystem } from "./files/fileSystem";
import { readSmallFile } from "../base/openToRead";

/** Increased with every change to how summaries are made. */
const indexVersion = 2;

/** The largest index that is read, in bytes: enough for a hundred thousand chats. */
const largestBytes = 2 ** 26;

const contentSchema = v.object({
	title: v.string(),
	createdAtMs: timeMs,
	updatedAtMs: timeMs,
	folder: v.nullable(v.string()),
	pinned: v.boolean(),
});

const entrySchema = v.object({
	bytes: v.number(),
	modifiedAtMs: v.number(),
	/** `null` if the file is damaged. */
	content: v.nullable(contentSchema),
});

const indexSchema = v.pipe(
	v.string(),
	v.parseJson(),
	v.object({ version: v.literal(indexVersion), files: v.record(v.string(), entrySchema) }),
);

/** The summary of a file, or why it cannot be read. */
export type Described = SummarizedContent | UnreadableReason;

interface IndexEntry {
	readonly bytes: number;
	readonly modifiedAtMs: number;
	readonly described: Described;
}

/** Reasons that can pass without a change to the file. Such files are read each time. */
const passing: ReadonlySet<string> = new Set(["denied", "system"]);
/** Reasons that are remembered only until the window closes. */
const unstored: ReadonlySet<string> = new Set(["tooSlow"]);

/** What the system reports about a file. */
export interface FileFacts {
	/** The path relative to the chats folder. */
	readonly name: string;
	readonly bytes: number;
	/** Epoch milliseconds. */
	readonly modifiedAtMs: number;
}

/**
 * A cache of summaries, so that unchanged files need not be read again. An entry is valid for the same name, size, and
 * time. The cache can be lost at any time.
 */
export class ChatIndex {
	readonly #fileSystem: FileSystem;
	readonly #file: string;
	#entries: ReadonlyMap<string, IndexEntry> | undefined;

	constructor(fileSystem: FileSystem, file: string) {
		this.#fileSystem = fileSystem;
		this.#file = file;
	}

	/**
	 * Returns the summary of each file, in the same order.
	 *
	 * @param read reads a file that is new or changed
	 */
	async describe(
		files: readonly FileFacts[],
		read: (file: FileFacts) => Promise<Described>,
	): Promise<readonly Described[]> {
		this.#entries ??= await this.#load();
		const known = this.#entries;
		const next = new Map<string, IndexEntry>();
		const all: Described[] = [];
		let isChanged = false;
		for (const file of files) {
			const { name, bytes, modifiedAtMs } = file;
			const entry = known.get(name);
			const isKnown = entry?.bytes === bytes && entry.modifiedAtMs === modifiedAtMs;
			const described = isKnown ? entry.described : await read(file);
			all.push(described);
			if (!("kind" in described && passing.has(described.kind))) {
				next.set(name, { bytes, modifiedAtMs, described });
				isChanged ||= !isKnown;
			}
		}
		isChanged ||= next.size !== known.size;
		this.#entries = next;
		if (isChanged) {
			await this.#store(next);
		}
		return all;
	}

	async #load(): Promise<ReadonlyMap<string, IndexEntry>> {
		try {
			const text = await readSmallFile(this.#fileSystem, this.#file, largestBytes);
			const { files } = v.parse(indexSchema, text);
			return new Map(
				Object.entries(files).map(([name, { content, ...facts }]) => [
					name,
					{ ...facts, described: content ?? { kind: "damaged" } },
				]),
			);
		} catch {
			return new Map();
		}
	}

	async #store(entries: ReadonlyMap<string, IndexEntry>): Promise<void> {
		const files: Record<string, v.InferInput<typeof entrySchema>> = {};
		for (const [name, { bytes, modifiedAtMs, described }] of entries) {
			if (!("kind" in described)) {
				files[name] = { bytes, modifiedAtMs, content: described };
			} else if (!unstored.has(described.kind)) {
				files[name] = { bytes, modifiedAtMs, content: null };
			}
		}
		const index = Buffer.from(JSON.stringify({ version: indexVersion, files }));
		await ifPossible(replaceFile(this.#fileSystem, this.#file, index));
	}
}
