import fs, { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import * as v from "valibot";
import { readSmallFile } from "../base/openToRead";

/** The largest file that is read. */
const largestBytes = 2 ** 20;

const schema = v.object({
	processId: v.pipe(v.number(), v.integer(), v.minValue(1)),
	/** Epoch milliseconds of the load. */
	loadedAtMs: v.pipe(v.number(), v.minValue(0)),
	modelName: v.string(),
	modelPath: v.string(),
	/** Main memory and GPU memory together. */
	memoryBytes: v.pipe(v.number(), v.minValue(0)),
	/** The part of `memoryBytes` that is GPU memory. Earlier versions do not write it. */
	gpuBytes: v.optional(v.pipe(v.number(), v.minValue(0))),
});

/** A model that a window of this machine has loaded. */
export type LoadedModelEntry = Readonly<v.InferOutput<typeof schema>>;

/**
 * The models that the windows of this machine have loaded: one small file per process, in a shared folder. A file whose
 * process is gone is ignored, and removed when it is found.
 */
export class LoadedModels {
	readonly #directory: string;

	/** @param directory created when the first model is loaded */
	constructor(directory: string) {
		this.#directory = directory;
	}

	/** Announces a loaded model to the other windows. */
	async add(entry: LoadedModelEntry): Promise<void> {
		await mkdir(this.#directory, { recursive: true });
		await writeFile(this.#file(entry.processId), JSON.stringify(entry));
	}

	/** Withdraws the entry of a process. */
	async remove(processId: number): Promise<void> {
		await rm(this.#file(processId), { force: true });
	}

	/** Returns the entry of a process other than `ownProcessId` that holds the model; `undefined` if there is none. */
	async find(
		modelPath: string,
		ownProcessId: number | undefined,
	): Promise<LoadedModelEntry | undefined> {
		const names = await readdir(this.#directory).catch(() => []);
		for (const name of names.filter((each) => /^\d+\.json$/.test(each))) {
			const entry = await this.#read(path.join(this.#directory, name));
			if (entry?.modelPath === modelPath && entry.processId !== ownProcessId) {
				return entry;
			}
		}
		return undefined;
	}

	/** Reads an entry. Removes the file and returns `undefined` if it is invalid or its process is gone. */
	async #read(file: string): Promise<LoadedModelEntry | undefined> {
		const parsed = v.safeParse(schema, await readJson(file));
		if (parsed.success && isRunning(parsed.output)) {
			return parsed.output;
		}
		// A file that cannot be removed is ignored as well.
		await rm(file, { force: true }).catch(() => undefined);
		return undefined;
	}

	#file(processId: number): string {
		return path.join(this.#directory, `${processId}.json`);
	}
}

async function readJson(file: string): Promise<unknown> {
	try {
		return JSON.parse((await readSmallFile(fs, file, largestBytes)) ?? "") as unknown;
	} catch {
		return undefined;
	}
}

/** Returns whether the process still runs. After a reboot, the same id belongs to another process. */
function isRunning({ processId, loadedAtMs }: LoadedModelEntry): boolean {
	if (loadedAtMs < Date.now() - os.uptime() * 1000) {
		return false;
	}
	try {
		process.kill(processId, 0);
		return true;
	} catch (error) {
		// The process runs, but belongs to another user.
		return (error as NodeJS.ErrnoException).code === "EPERM";
	}
}
