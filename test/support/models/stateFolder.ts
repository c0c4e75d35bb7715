import { createHash } from "node:crypto";
import { existsSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { PromptCache, type PromptCacheParts } from "../../../src/inference/promptCache/promptCache";
import { temporaryFolder } from "../temporaryFolder";

/** The size of the entries that tests save without llama.cpp. */
export const stateBytes = 1000;

/** A folder of prompt cache entries, with helpers to inspect it. */
export class StateFolder {
	readonly log: string[] = [];
	readonly path: string;
	readonly remove: () => Promise<void>;

	private constructor(folder: string, remove: () => Promise<void>) {
		this.path = folder;
		this.remove = remove;
	}

	static async make(): Promise<StateFolder> {
		const folder = await temporaryFolder();
		return new StateFolder(path.join(folder.path, "states"), folder.remove);
	}

	/** Opens a prompt cache, as an inference process does. */
	store(options: Partial<PromptCacheParts> = {}): PromptCache {
		return new PromptCache({
			folder: this.path,
			maxBytes: 1_000_000,
			key: "model",
			log: (level, message) => this.log.push(`${level} ${message}`),
			...options,
		});
	}

	/** Saves an entry whose bytes identify its tokens. */
	async save(store: PromptCache, tokens: readonly number[], mark?: string): Promise<boolean> {
		return store.save({
			tokens,
			msPerToken: 10,
			expectedBytes: stateBytes,
			mark: mark ?? (await store.mark()),
			write: async (file) => {
				await writeFile(file, stateOf(tokens));
				return stateBytes;
			},
		});
	}

	/** Returns the tokens of the entry that would be loaded for a prompt; `undefined` if there is none. */
	async loaded(
		store: PromptCache,
		tokens: readonly number[],
	): Promise<readonly number[] | undefined> {
		const found = await store.longest(tokens, false);
		const isLoaded = found && (await store.load(found, () => Promise.resolve()));
		return isLoaded ? found.header.tokens : undefined;
	}

	/** Returns the names in the folder with this ending. */
	names(ending = ""): string[] {
		return existsSync(this.path)
			? readdirSync(this.path)
					.filter((name) => name.endsWith(ending))
					.sort()
			: [];
	}

	file(name: string): string {
		return path.join(this.path, name);
	}

	/** Sets the last use of the entries with these headers to `minutes` ago. */
	age(names: readonly string[], minutes: number): void {
		for (const name of names) {
			const then = Date.now() / 1000 - minutes * 60;
			utimesSync(this.file(name), then, then);
		}
	}

	put(name: string, content: string | Buffer): void {
		writeFileSync(this.file(name), content);
	}
}

function stateOf(tokens: readonly number[]): Buffer {
	const seed = createHash("sha256").update(tokens.join()).digest();
	return Buffer.concat(Array<Buffer>(Math.ceil(stateBytes / seed.length)).fill(seed), stateBytes);
}
