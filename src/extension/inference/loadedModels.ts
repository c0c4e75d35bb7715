import fs, { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import * as v from "valibot";
import { readSmallFile } from "../base/openToRead";

/** Of what is told of one process. */
const largestBytes = 2 ** 20;

const schema = v.object({
	processId: v.pipe(v.number(), v.integer(), v.minValue(1)),
	/** Epoch milliseconds of the load. */
	loadedAtMs: v.pipe(v.number(), v.minValue(0)),
	modelName: v.string(),
	modelPath: v.string(),
	/** Of main memory and the GPU's together. */
	memoryBytes: v.pipe(v.number(), v.minValue(0)),
	/** Of those, on the GPU; earlier versions do not tell. */
	gpuBytes: v.optional(v.pipe(v.number(), v.minValue(0))),
});

/** A model in the memory of this machine, loaded by some window. */
export type LoadedModelEntry = Readonly<v.InferOutput<typeof schema>>;

/**
 * What the windows of this machine have loaded: one small file for each process, in a folder that they share. A file
 * whose process is gone says nothing, whoever left it; it is removed when it is found.
 */
export class LoadedModels {
	readonly #directory: string;

	/** @param directory made when the first model is loaded. */
	constructor(directory: string) {
		this.#directory = directory;
	}

	/** Tells the other windows. */
	async add(entry: LoadedModelEntry): Promise<void> {
		await mkdir(this.#directory, { recursive: true });
		await writeFile(this.#file(entry.processId), JSON.stringify(entry));
	}

	/** Takes back what was told of a process. */
	async remove(processId: number): Promise<void> {
		await rm(this.#file(processId), { force: true });
	}

	/** @returns the process other than `ownProcessId` that holds the model, if there is one. */
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

	/** @returns `undefined`, and removes the file, where it is not ours or its process is gone. */
	async #read(file: string): Promise<LoadedModelEntry | undefined> {
		const parsed = v.safeParse(schema, await readJson(file));
		if (parsed.success && isRunning(parsed.output)) {
			return parsed.output;
		}
		// What cannot be removed says nothing either.
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

/** A number that was given anew after a restart of the machine is another process. */
function isRunning({ processId, loadedAtMs }: LoadedModelEntry): boolean {
	if (loadedAtMs < Date.now() - os.uptime() * 1000) {
		return false;
	}
	try {
		process.kill(processId, 0);
		return true;
	} catch (error) {
		// It runs, but belongs to another user.
		return (error as NodeJS.ErrnoException).code === "EPERM";
	}
}
