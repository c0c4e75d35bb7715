import { NextPieces, OpenImport, type ImportPieces } from "../../protocol/import/chatImport";
import type { Log } from "../base/log";
import { ForkedProcess } from "../process/forkedProcess";
import { ImportStopped, type StopReason } from "./importStopped";

/** Reads files that the user chose, piece by piece. */
export interface ImportReader {
	/**
	 * Reads one file to its end. Reading waits until the previous pieces are consumed.
	 *
	 * @throws {ImportStopped} if the rest of the file cannot be read
	 */
	read(name: string, path: string, signal: AbortSignal): AsyncGenerator<ImportPieces, void>;
	stop(): Promise<void>;
}

/** The longest wait for an answer, which usually takes a quarter of a second. */
const limitMs = 60_000;
/** The limit of V8's heap. Memory outside the heap has separate limits. */
const heapMegabytes = 320;

/** Reads files in a separate process, so that no file can slow or crash the window. */
export class ImportProcess implements ImportReader {
	readonly #modulePath: string;
	readonly #log: Log;
	#child: ForkedProcess | undefined;

	/** @param modulePath the path of the bundle that serves the import protocol */
	constructor(modulePath: string, log: Log) {
		this.#modulePath = modulePath;
		this.#log = log;
	}

	async *read(name: string, path: string, signal: AbortSignal): AsyncGenerator<ImportPieces, void> {
		// A process that ended had read another file.
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
			// The process keeps reading while these pieces are written.
			asked = ask();
			asked.catch(() => undefined);
			yield pieces;
		}
	}

	async stop(): Promise<void> {
		await this.#child?.stop();
	}

	/** The process ID, for tests that kill the process. */
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
			// The log has the error. A process that sends invalid messages must not read another file.
			reason ??= child.hasEnded ? "ended" : "nonsense";
			this.#letGo(child);
			throw new ImportStopped(reason);
		} finally {
			clearTimeout(timer);
		}
	}

	/** Discards a process. The next file gets a new one at once, because this one may take a while to exit. */
	#letGo(child: ForkedProcess): void {
		child.dispose();
		if (this.#child === child) {
			this.#child = undefined;
		}
	}
}
