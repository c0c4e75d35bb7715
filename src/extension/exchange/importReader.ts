import { NextPieces, OpenImport, type ImportPieces } from "../../protocol/import/chatImport";
import type { Log } from "../base/log";
import { ForkedProcess } from "../process/forkedProcess";
import { ImportStopped, type StopReason } from "./importStopped";

/** Reads files that the person chose, piece by piece. */
export interface ImportReader {
	/**
	 * Reads one file to its end. What is read next waits until the pieces before it are taken.
	 *
	 * @throws {ImportStopped} if nothing more can be read of it.
	 */
	read(name: string, path: string, signal: AbortSignal): AsyncGenerator<ImportPieces, void>;
	stop(): Promise<void>;
}

/** An answer takes a quarter of a second. */
const limitMs = 60_000;
/** Of V8's heap; what is beside it has bounds of its own. */
const heapMegabytes = 320;

/** Reads files in a process of its own, which costs the window nothing, whatever they hold. */
export class ImportProcess implements ImportReader {
	readonly #modulePath: string;
	readonly #log: Log;
	#child: ForkedProcess | undefined;

	/** @param modulePath of the bundle that serves the import protocol. */
	constructor(modulePath: string, log: Log) {
		this.#modulePath = modulePath;
		this.#log = log;
	}

	async *read(name: string, path: string, signal: AbortSignal): AsyncGenerator<ImportPieces, void> {
		// One that ended has read another file.
		const child = this.#child?.hasEnded === false ? this.#child : this.#fork();
		this.#child = child;
		await this.#answerOf(child, () => child.request(OpenImport, { name, path }, signal));
		const ask = (): Promise<ImportPieces> =>
			this.#answerOf(child, () => child.request(NextPieces, {}, signal));
		let asked = ask();
		for (;;) {
			const pieces = await asked;
			if (pieces.done || signal.aborted) {
				yield pieces;
				return;
			}
			// It reads on while these are written.
			asked = ask();
			asked.catch(() => undefined);
			yield pieces;
		}
	}

	async stop(): Promise<void> {
		await this.#child?.stop();
	}

	/** Its id, for tests that kill it. */
	get pid(): number | undefined {
		return this.#child?.pid;
	}

	#fork(): ForkedProcess {
		return new ForkedProcess({
			name: "import",
			modulePath: this.#modulePath,
			heapMegabytes,
			log: this.#log,
			describeCrash: () => ({ kind: "internal", message: "The import process ended" }),
		});
	}

	/** @throws {ImportStopped} */
	async #answerOf<R>(child: ForkedProcess, ask: () => Promise<R>): Promise<R> {
		let reason: StopReason | undefined;
		const timer = setTimeout(() => {
			reason = "hangs";
			child.dispose();
		}, limitMs);
		try {
			return await ask();
		} catch {
			// The log has the error. A process that talks nonsense may read no other file.
			reason ??= child.hasEnded ? "ended" : "nonsense";
			this.#letGo(child);
			throw new ImportStopped(reason);
		} finally {
			clearTimeout(timer);
		}
	}

	/** The next file has another process at once: this one may be there for a while yet. */
	#letGo(child: ForkedProcess): void {
		child.dispose();
		if (this.#child === child) {
			this.#child = undefined;
		}
	}
}
