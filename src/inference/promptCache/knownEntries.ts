import { readFile } from "node:fs/promises";
import type { EntryFiles } from "./entryFiles";
import { parseHeader, type EntryHeader } from "./entryHeader";

/** The headers of one key in a folder of states. Each is read only once, since headers never change. */
export class KnownEntries {
	readonly #files: EntryFiles;
	readonly #key: string;
	readonly #headers = new Map<string, EntryHeader>();
	/** The ids of states with other keys. */
	readonly #others = new Set<string>();

	constructor(files: EntryFiles, key: string) {
		this.#files = files;
		this.#key = key;
	}

	/**
	 * Lists the folder again.
	 *
	 * @returns the headers in it, by id, and the ids of states whose header is damaged or of another version
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
			// Another process may have removed it in the meantime.
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
