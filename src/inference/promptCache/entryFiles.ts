import { readdir, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
import { forgottenMark } from "../../protocol/inference/promptCacheFolder";

/** The header's name while the process with that id writes or loads the state. */
const pendingName = /^(?<id>[\w-]+)\.(?<pid>\d+)\.pending$/;
const stateName = /^(?<id>[\w-]+)\.(?<part>json|state)$/;

/** How long a state may be pending, in milliseconds. After that, another process may have the same id. */
const longestPendingMs = 60 * 60 * 1000;

/** The files of a state, whichever model it belongs to. */
export interface EntryOnDisk {
	readonly id: string;
	readonly bytes: number;
	readonly usedAtMs: number;
}

/**
 * Manages the files in a folder of states. A state is two files: llama.cpp's `<id>.state` and the header `<id>.json`,
 * which makes the state valid. While a process writes or loads a state, its header is named `<id>.<pid>.pending`, so
 * that a state that crashes a process is not loaded again.
 */
export class EntryFiles {
	readonly #folder: string;

	constructor(folder: string) {
		this.#folder = folder;
	}

	state(id: string): string {
		return path.join(this.#folder, `${id}.state`);
	}

	header(id: string): string {
		return path.join(this.#folder, `${id}.json`);
	}

	pending(id: string, pid = process.pid): string {
		return path.join(this.#folder, `${id}.${pid}.pending`);
	}

	/** Changes whenever the host deletes states; empty if it never did. */
	async forgottenMark(): Promise<string> {
		return (await unlessMissing(readFile(path.join(this.#folder, forgottenMark), "utf8"))) ?? "";
	}

	/** Returns the ids of valid states. */
	async ids(): Promise<readonly string[]> {
		return (await this.#names()).flatMap((name) => {
			const { id, part } = stateName.exec(name)?.groups ?? {};
			return id !== undefined && part === "json" ? [id] : [];
		});
	}

	/** Returns the valid states, most recently used first. */
	async all(): Promise<readonly EntryOnDisk[]> {
		const found: EntryOnDisk[] = [];
		for (const id of await this.ids()) {
			const header = await unlessMissing(stat(this.header(id)));
			const state = await unlessMissing(stat(this.state(id)));
			if (header) {
				found.push({ id, bytes: header.size + (state?.size ?? 0), usedAtMs: header.mtimeMs });
			}
		}
		return found.sort((a, b) => b.usedAtMs - a.usedAtMs);
	}

	/** Takes a state for exclusive use by this process. Returns whether it was there. */
	async take(id: string): Promise<boolean> {
		const taken = await unlessMissing(
			rename(this.header(id), this.pending(id)).then(() => true as const),
		);
		return taken ?? false;
	}

	/** Makes a state that is pending here valid and most recently used. Returns whether it was still there. */
	async release(id: string): Promise<boolean> {
		const now = new Date();
		const released = await unlessMissing(
			utimes(this.pending(id), now, now)
				.then(() => rename(this.pending(id), this.header(id)))
				.then(() => true as const),
		);
		return released ?? false;
	}

	/** Removes a state. Its header goes first, so that it becomes invalid immediately. */
	async remove(id: string): Promise<void> {
		for (const file of [this.header(id), this.pending(id), this.state(id)]) {
			await rm(file, { force: true });
		}
	}

	/** Removes the files of processes that were killed while they wrote or loaded a state. */
	async sweep(): Promise<void> {
		const names = await this.#names();
		const kept = new Set(await this.ids());
		for (const name of names) {
			const { id, pid } = pendingName.exec(name)?.groups ?? {};
			if (id === undefined || pid === undefined) {
				continue;
			}
			const file = await unlessMissing(stat(path.join(this.#folder, name)));
			if (file && isAlive(Number(pid)) && Date.now() - file.ctimeMs < longestPendingMs) {
				kept.add(id);
			} else {
				await rm(path.join(this.#folder, name), { force: true });
			}
		}
		for (const name of names) {
			const { id, part } = stateName.exec(name)?.groups ?? {};
			if (id !== undefined && part === "state" && !kept.has(id)) {
				await rm(path.join(this.#folder, name), { force: true });
			}
		}
	}

	async #names(): Promise<readonly string[]> {
		return (await unlessMissing(readdir(this.#folder))) ?? [];
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === "EPERM";
	}
}

async function unlessMissing<T>(result: Promise<T>): Promise<T | undefined> {
	try {
		return await result;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") {
			return undefined;
		}
		throw error;
	}
}
