import * as v from "valibot";
import { timeMs } from "../../protocol/schemaParts";
import type { UnreadableReason } from "../conversation/chatLibrary";
import type { SummarizedContent } from "./chatSummary";
import { ifPossible, replaceFile, type FileSystem } from "./files/fileSystem";
import { readSmallFile } from "../base/openToRead";

/** Increased with every change to how summaries are made. */
const indexVersion = 2;

/** Of an index of a hundred thousand conversations. */
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
	/** `null`: the file cannot be read. */
	content: v.nullable(contentSchema),
});

const indexSchema = v.pipe(
	v.string(),
	v.parseJson(),
	v.object({ version: v.literal(indexVersion), files: v.record(v.string(), entrySchema) }),
);

/** What is in a file, or why that cannot be told. */
export type Described = SummarizedContent | UnreadableReason;

interface IndexEntry {
	readonly bytes: number;
	readonly modifiedAtMs: number;
	readonly described: Described;
}

/** What may be another tomorrow, of a file that is the same, is asked anew each time. */
const passing: ReadonlySet<string> = new Set(["denied", "system"]);
/** It is known for as long as this window lasts. */
const unstored: ReadonlySet<string> = new Set(["tooSlow"]);

/** A file as the system describes it. */
export interface FileFacts {
	/** Below the folder of all conversations. */
	readonly name: string;
	readonly bytes: number;
	/** Epoch milliseconds. */
	readonly modifiedAtMs: number;
}

/**
 * What was read of files before, so that they need not be read again. It counts for a file of the same name, size and
 * time only, and can be lost at any time.
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
	 * @param read reads a file that is not known, or not as it is now
	 * @returns what is in each file, in the same order.
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
