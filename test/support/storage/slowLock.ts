import { systemFiles, type FileSystem } from "../../../src/extension/storage/files/fileSystem";
import { until } from "../until";

type SlowMoment = "created" | "removing" | "removed";

/** The system's files, except that a file operation on an answering lock pauses once, at the given moment. */
export class SlowLock {
	readonly fileSystem: FileSystem;
	readonly #moment: SlowMoment;
	#goOn: (() => void) | undefined;
	#isSlow = true;

	constructor(moment: SlowMoment) {
		this.#moment = moment;
		this.fileSystem = {
			...systemFiles,
			unlink: async (file) => {
				await this.#reach("removing", String(file));
				await systemFiles.unlink(file);
				await this.#reach("removed", String(file));
			},
			link: async (named, file) => {
				await systemFiles.link(named, file);
				await this.#reach("created", String(file));
			},
		};
	}

	/** Resolves when the operation pauses. */
	async comes(): Promise<void> {
		await until(`the lock is ${this.#moment}`, () => this.#goOn);
	}

	/** Ends the pause. Later operations do not pause. */
	goOn(): void {
		this.#isSlow = false;
		this.#goOn?.();
	}

	async #reach(moment: SlowMoment, file: string): Promise<void> {
		if (this.#isSlow && moment === this.#moment && file.endsWith(".answering")) {
			await new Promise<void>((resolve) => {
				this.#goOn = resolve;
			});
		}
	}
}
