import { randomUUID } from "node:crypto";
import { mkdir, stat, statfs, writeFile } from "node:fs/promises";
import type { WriteLog } from "../../child/hostConnection";
import { commonPrefix } from "./commonPrefix";
import { KnownEntries } from "./knownEntries";
import { EntryFiles } from "./entryFiles";
import { isIntact, sealEntry, type EntryHeader } from "./entryHeader";

/** Thousands of a small model's states would fit under the size limit, and each is inspected. */
const mostStates = 64;

/** Bytes to leave free on disk for other programs. */
const leastFreeBytes = 2 ** 30;

export interface PromptCacheParts {
	/** Absolute path. Created with the first state. */
	readonly folder: string;
	/** Size limit of all states in the folder, whatever their model. 0 turns the cache off. */
	readonly maxBytes: number;
	/** The loaded model's key, from `cacheKey`. States with other keys are never used. */
	readonly key: string;
	readonly log: WriteLog;
}

/** A state that shares a prefix with a prompt. */
export interface FoundEntry {
	readonly id: string;
	readonly header: EntryHeader;
	readonly commonTokens: number;
}

/** A state to save. */
export interface EntryToSave {
	readonly tokens: readonly number[];
	readonly msPerToken: number;
	/** The approximate size of the file. */
	readonly expectedBytes: number;
	/** The value of `mark` from before the first of the tokens was evaluated. */
	readonly mark: string;
	/** Writes llama.cpp's file and returns its size in bytes. */
	readonly write: (file: string) => Promise<number>;
}

/**
 * Evaluated prompts on disk, shared by several processes. Every failure here is logged, and the prompt is then
 * evaluated as usual.
 */
export class PromptCache {
	readonly #options: PromptCacheParts;
	readonly #files: EntryFiles;
	readonly #known: KnownEntries;

	constructor(options: PromptCacheParts) {
		this.#options = options;
		this.#files = new EntryFiles(options.folder);
		this.#known = new KnownEntries(this.#files, options.key);
	}

	/** Removes what killed processes left, and states over the size limit. */
	async tidy(): Promise<void> {
		await this.#tolerate("The folder of saved states could not be tidied", undefined, async () => {
			await this.#files.sweep();
			await this.#evict();
		});
	}

	/** Returns a text that changes when states must be discarded: see `EntryToSave`. */
	async mark(): Promise<string> {
		return this.#tolerate("Saved states could not be read", randomUUID(), () =>
			this.#files.forgottenMark(),
		);
	}

	/**
	 * Returns the state that shares the longest prefix with `tokens`.
	 *
	 * @param wholeOnly consider only states whose every token is part of that prefix: some models' contexts cannot be
	 * shortened
	 */
	async longest(tokens: readonly number[], wholeOnly: boolean): Promise<FoundEntry | undefined> {
		return this.#tolerate("Saved states could not be read", undefined, async () => {
			let longest: FoundEntry | undefined;
			for (const [id, header] of await this.#headers()) {
				const commonTokens = commonPrefix(header.tokens, tokens);
				const isUsable = !wholeOnly || commonTokens === header.tokens.length;
				if (isUsable && commonTokens > (longest?.commonTokens ?? 0)) {
					longest = { id, header, commonTokens };
				}
			}
			return longest;
		});
	}

	/**
	 * Calls `load` with an intact state. Removes a state that is damaged or fails to load.
	 *
	 * @returns whether it was loaded; `false` if aborted before it was verified
	 */
	async load(
		{ id, header }: FoundEntry,
		load: (file: string) => Promise<void>,
		signal?: AbortSignal,
	): Promise<boolean> {
		const failed = "A saved state could not be loaded; it is removed";
		const loaded = await this.#tolerate(failed, false, async () => {
			if (!(await this.#files.take(id))) {
				return undefined;
			}
			const isWhole = await isIntact(header, this.#files.state(id), signal);
			if (signal?.aborted) {
				await this.#files.release(id);
				return undefined;
			}
			if (!isWhole) {
				throw new Error("it is damaged");
			}
			await load(this.#files.state(id));
			await this.#files.release(id);
			return true;
		});
		if (loaded === false) {
			await this.#remove(id);
		}
		return loaded ?? false;
	}

	/**
	 * Saves a state, which replaces the states that it extends.
	 *
	 * @returns whether it was saved; `false` if aborted before it was sealed
	 */
	async save(
		{ tokens, msPerToken, expectedBytes, mark, write }: EntryToSave,
		signal?: AbortSignal,
	): Promise<boolean> {
		const { folder, maxBytes, key, log } = this.#options;
		const id = randomUUID();
		const saved = await this.#tolerate("A state was not saved", false, async () => {
			if ((await this.#files.forgottenMark()) !== mark) {
				return false;
			}
			await mkdir(folder, { recursive: true, mode: 0o700 });
			const disk = await statfs(folder);
			if (expectedBytes > maxBytes || expectedBytes + leastFreeBytes > disk.bavail * disk.bsize) {
				log("info", `No state was saved: ${tokens.length} tokens take too much of the disk`);
				return false;
			}
			const file = this.#files.state(id);
			await writeFile(this.#files.pending(id), "", { mode: 0o600 });
			// llama.cpp keeps the permissions of an existing file.
			await writeFile(file, "", { mode: 0o600 });
			const bytes = await write(file);
			if (bytes === 0 || (await stat(file)).size !== bytes) {
				throw new Error("the disk did not take all of it");
			}
			const facts = { key, tokens: [...tokens], bytes, msPerToken };
			const header = await sealEntry(facts, file, signal);
			if (!header) {
				return false;
			}
			await writeFile(this.#files.pending(id), JSON.stringify(header), { mode: 0o600 });
			return this.#publish(id, mark);
		});
		if (!saved) {
			await this.#remove(id);
			return false;
		}
		const what = "Older states could not be removed";
		return this.#tolerate(what, true, async () => {
			await this.#removeContinued(id, tokens);
			await this.#evict();
			return (await this.#headers()).has(id);
		});
	}

	/** Makes a state valid, then checks the mark again: the host may have listed the folder in between. */
	async #publish(id: string, mark: string): Promise<boolean> {
		const isWanted = async (): Promise<boolean> => (await this.#files.forgottenMark()) === mark;
		return (await isWanted()) && (await this.#files.release(id)) && (await isWanted());
	}

	/** Removes the states of this key that the new state extends. */
	async #removeContinued(id: string, tokens: readonly number[]): Promise<void> {
		for (const [other, header] of await this.#headers()) {
			if (other !== id && commonPrefix(header.tokens, tokens) === header.tokens.length) {
				await this.#remove(other);
			}
		}
	}

	async #evict(): Promise<void> {
		let states = 0;
		let bytes = 0;
		for (const state of await this.#files.all()) {
			states += 1;
			bytes += state.bytes;
			if (bytes > this.#options.maxBytes || states > mostStates) {
				await this.#remove(state.id);
			}
		}
	}

	/** Returns the headers of this key. Removes states with an unreadable header. */
	async #headers(): Promise<ReadonlyMap<string, EntryHeader>> {
		const { headers, unusable } = await this.#known.read();
		for (const id of unusable) {
			this.#options.log("warn", "A saved state of another version, or a damaged one, is removed");
			await this.#remove(id);
		}
		return headers;
	}

	async #remove(id: string): Promise<void> {
		await this.#tolerate("A saved state could not be removed", undefined, () =>
			this.#files.remove(id),
		);
	}

	async #tolerate<T, E>(what: string, otherwise: E, work: () => Promise<T>): Promise<T | E> {
		try {
			return await work();
		} catch (error) {
			const reason = error instanceof Error ? error.message : String(error);
			this.#options.log("warn", `${what}: ${reason}`);
			return otherwise;
		}
	}
}
