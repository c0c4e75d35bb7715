import * as v from "valibot";
import type { SummarizedContent } from "./chatSummary";
import { replaceFile, type FileSystem } from "./fileSystem";

/** Raised whenever a summary is made in another way. */
const indexVersion = 1;

const contentSchema = v.object({
	title: v.pipe(v.string(), v.nonEmpty()),
	createdAtMs: v.number(),
	updatedAtMs: v.number(),
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

export interface IndexEntry {
	readonly bytes: number;
	readonly modifiedAtMs: number;
	readonly content: SummarizedContent | null;
}

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
		read: (file: FileFacts) => Promise<SummarizedContent | null>,
	): Promise<readonly (SummarizedContent | null)[]> {
		this.#entries ??= await this.#load();
		const known = this.#entries;
		const next = new Map<string, IndexEntry>();
		let isChanged = known.size !== files.length;
		for (const file of files) {
			const { name, bytes, modifiedAtMs } = file;
			const entry = known.get(name);
			if (entry?.bytes === bytes && entry.modifiedAtMs === modifiedAtMs) {
				next.set(name, entry);
			} else {
				isChanged = true;
				next.set(name, { bytes, modifiedAtMs, content: await read(file) });
			}
		}
		this.#entries = next;
		if (isChanged) {
			await this.#store(next);
		}
		return files.map(({ name }) => next.get(name)?.content ?? null);
	}

	async #load(): Promise<ReadonlyMap<string, IndexEntry>> {
		try {
			const handle = await this.#fileSystem.open(this.#file, "r");
			try {
				const { files } = v.parse(indexSchema, await handle.readFile("utf8"));
				return new Map(Object.entries(files));
			} finally {
				await handle.close();
			}
		} catch {
			return new Map();
		}
	}

	async #store(entries: ReadonlyMap<string, IndexEntry>): Promise<void> {
		const index = { version: indexVersion, files: Object.fromEntries(entries) };
		await replaceFile(this.#fileSystem, this.#file, Buffer.from(JSON.stringify(index))).catch(
			() => undefined,
		);
	}
}
