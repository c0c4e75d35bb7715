import { readFile } from "node:fs/promises";
import type { EntryFiles } from "./entryFiles";
import { parseHeader, type EntryHeader } from "./entryHeader";

/** The headers of one key in a folder of states. Each is read once: what it says never changes. */
export class KnownEntries {
	readonly #files: EntryFiles;
	readonly #key: string;
	readonly #headers = new Map<string, EntryHeader>();
	/** Ids of states of other keys. */
	readonly #others = new Set<string>();

	constructor(files: EntryFiles, key: string) {
		this.#files = files;
		this.#key = key;
	}

	/**
	 * Looks at the folder again.
	 *
	 * @returns the headers that are there, by id, and the ids of states whose header is of another version, or damaged.
	 */
	async read(): Promise<{
		readonly headers: ReadonlyMap<string, EntryHeader>;
		readonly unusable: readonly string[];
	}> {
		const ids = new Set(await this.#files.ids());
		for (const id of this.#headers.keys()) {
			if (!ids.has(id)) {
				this.#headers.delete(id);
			}
		}
		const unusable: string[] = [];
		for (const id of ids) {
			const isNew = !this.#headers.has(id) && !this.#others.has(id);
			// Another process may have removed it in between.
			const text = isNew
				? await readFile(this.#files.header(id), "utf8").catch(() => undefined)
				: undefined;
			if (text === undefined) {
				continue;
			}
			const header = parseHeader(text);
			if (!header) {
				unusable.push(id);
			} else if (header.key === this.#key) {
				this.#headers.set(id, header);
			} else {
				this.#others.add(id);
			}
		}
		return { headers: this.#headers, unusable };
	}
}
