import { readdir, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
import { forgottenMark } from "../../protocol/inference/promptCacheFolder";

/** A state of which the header has this name is being written or loaded, by the process in the name. */
const pendingName = /^(?<id>[\w-]+)\.(?<pid>\d+)\.pending$/;
const stateName = /^(?<id>[\w-]+)\.(?<part>json|state)$/;

/** How long a state may be pending, in milliseconds: the process's id may be another's by then. */
const longestPendingMs = 60 * 60 * 1000;

/** A state as its files are, whoever it belongs to. */
export interface EntryOnDisk {
	readonly id: string;
	readonly bytes: number;
	readonly usedAtMs: number;
}

/**
 * The names in a folder of states. A state is two files: llama.cpp's, `<id>.state`, and the header, `<id>.json`, whose
 * name makes it count. While a process writes or loads a state its header is named `<id>.<pid>.pending` instead, so that
 * one which kills its process is not tried again.
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

	/** Changes whenever the host has states removed; the empty text if it never did. */
	async forgottenMark(): Promise<string> {
		return (await unlessMissing(readFile(path.join(this.#folder, forgottenMark), "utf8"))) ?? "";
	}

	/** @returns the ids of states that count. */
	async ids(): Promise<readonly string[]> {
		return (await this.#names()).flatMap((name) => {
			const { id, part } = stateName.exec(name)?.groups ?? {};
			return id !== undefined && part === "json" ? [id] : [];
		});
	}

	/** @returns the states that count, last used first. */
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

	/** Takes a state for this process alone. @returns whether it was there. */
	async take(id: string): Promise<boolean> {
		const taken = await unlessMissing(
			rename(this.header(id), this.pending(id)).then(() => true as const),
		);
		return taken ?? false;
	}

	/** Has a state count that is pending here, as the one used last. @returns whether it still was there. */
	async release(id: string): Promise<boolean> {
		const now = new Date();
		const released = await unlessMissing(
			utimes(this.pending(id), now, now)
				.then(() => rename(this.pending(id), this.header(id)))
				.then(() => true as const),
		);
		return released ?? false;
	}

	/** Removes a state, which no longer counts from the first moment. */
	async remove(id: string): Promise<void> {
		for (const file of [this.header(id), this.pending(id), this.state(id)]) {
			await rm(file, { force: true });
		}
	}

	/** Removes what processes left that were killed while they wrote or loaded. */
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
