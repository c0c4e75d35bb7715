import { createHash } from "node:crypto";
import { existsSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { PromptCache, type PromptCacheParts } from "../../../src/inference/promptCache/promptCache";
import { temporaryFolder } from "../temporaryFolder";

/** Of the states that tests save without llama.cpp. */
export const stateBytes = 1000;

/** A folder of saved states, and what looks into it. */
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

	/** Opens a store, as a process with a model does. */
	store(options: Partial<PromptCacheParts> = {}): PromptCache {
		return new PromptCache({
			folder: this.path,
			maxBytes: 1_000_000,
			key: "model",
			log: (level, message) => this.log.push(`${level} ${message}`),
			...options,
		});
	}

	/** Saves a state of bytes that tell of its tokens. */
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

	/** @returns the tokens of the state that would be loaded for a prompt; `undefined` if none is. */
	async loaded(
		store: PromptCache,
		tokens: readonly number[],
	): Promise<readonly number[] | undefined> {
		const found = await store.longest(tokens, false);
		const isLoaded = found && (await store.load(found, () => Promise.resolve()));
		return isLoaded ? found.header.tokens : undefined;
	}

	/** @returns the names in the folder that end so. */
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

	/** Has states with these headers be used last so long ago. */
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
