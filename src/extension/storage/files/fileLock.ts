import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { codeOf, temporarySuffix, unlessMissing, writeNew, type FileSystem } from "./fileSystem";
import { isPresent, readHolder, thisProcess } from "./lockHolder";

/** How often a holder updates the time of its lock, in milliseconds. */
const refreshMs = 1000;
/** Returns the time between two tries: 4 to 20 milliseconds. */
const pollMs = (): number => 4 + Math.random() * 16;

/** A held lock. All processes of a machine share the lock; one of them holds it at a time. */
export interface HeldLock {
	/** Releases the lock. Never rejects. Further calls do nothing. */
	release(): Promise<void>;
}

/** Identifies holders in this instance of the module. */
const instance = randomUUID();
const heldHere = new Set<string>();

/**
 * Locks that are files, which exist while the lock is held. A killed process leaves its locks behind. They are taken
 * over at once if its process id is known to be unused, otherwise after seconds without an update. A busy process keeps
 * its locks for half a minute without an update.
 */
export class FileLocks {
	readonly #fileSystem: FileSystem;
	/** Since when each lock has been unchanged, by the monotonic clock. */
	readonly #seen = new Map<string, { readonly looks: string; readonly sinceMs: number }>();

	constructor(fileSystem: FileSystem) {
		this.#fileSystem = fileSystem;
	}

	/**
	 * Waits for the lock, and acquires it.
	 *
	 * @throws {Error} of the system, or with code "ELOCKED" if others hold it for longer than `limitMs`
	 */
	async hold(file: string, limitMs: number): Promise<HeldLock> {
		const giveUpAt = performance.now() + limitMs;
		for (;;) {
			const held = await this.tryHold(file);
			if (held) {
				return held;
			}
			if (performance.now() > giveUpAt) {
				throw Object.assign(new Error(`${file} is locked`), { code: "ELOCKED" });
			}
			await setTimeout(pollMs());
		}
	}

	/** Acquires the lock without waiting. @returns `undefined` if it is held */
	async tryHold(file: string): Promise<HeldLock | undefined> {
		const created = await this.#create(file);
		if (created) {
			return created;
		}
		const state = await this.#look(file);
		if (state === "held") {
			return undefined;
		}
		return state === "free" ? this.#create(file) : this.#takeOver(file);
	}

	/** Returns whether a live process holds the lock. */
	async isHeld(file: string): Promise<boolean> {
		return (await this.#look(file)) === "held";
	}

	/**
	 * Removes an abandoned lock and acquires it. Only one process at a time may do so: a second one would remove the lock
	 * of the next holder.
	 */
	async #takeOver(file: string): Promise<HeldLock | undefined> {
		const guardFile = `${file}.takeover`;
		const guard = await this.#create(guardFile);
		if (!guard) {
			if ((await this.#look(guardFile)) === "abandoned") {
				await unlessMissing(this.#fileSystem.unlink(guardFile));
			}
			return undefined;
		}
		try {
			if ((await this.#look(file)) === "abandoned") {
				await unlessMissing(this.#fileSystem.unlink(file));
			}
			return await this.#create(file);
		} finally {
			await guard.release();
		}
	}

	async #look(file: string): Promise<"free" | "held" | "abandoned"> {
		const fileStat = await unlessMissing(this.#fileSystem.stat(file));
		if (!fileStat) {
			this.#seen.delete(file);
			return "free";
		}
		const holder = await readHolder(this.#fileSystem, file);
		if (holder?.token.startsWith(instance)) {
			if (heldHere.has(holder.token)) {
				return "held";
			}
			// It was released. If the file still exists, it could not be removed.
			const isLeft = (await readHolder(this.#fileSystem, file))?.token === holder.token;
			return isLeft ? "abandoned" : this.#look(file);
		}
		const nowMs = performance.now();
		const looks = `${holder?.token ?? ""} ${fileStat.ino} ${fileStat.mtimeMs}`;
		const seen = this.#seen.get(file);
		const sinceMs = seen?.looks === looks ? seen.sinceMs : nowMs;
		this.#seen.set(file, { looks, sinceMs });
		return isPresent(holder, fileStat.mtimeMs, nowMs - sinceMs) ? "held" : "abandoned";
	}

	/** Creates the lock with its holder's data from the first moment. Without it, others could not tell whether the holder is gone. */
	async #create(file: string): Promise<OwnLock | undefined> {
		const token = `${instance}.${randomUUID()}`;
		const text = Buffer.from(JSON.stringify(thisProcess(token)));
		const named = `${file}.${randomUUID()}${temporarySuffix}`;
		heldHere.add(token);
		let isHeld = false;
		try {
			await writeNew(this.#fileSystem, named, text);
			isHeld = await this.#link(named, file, text);
			return isHeld ? new OwnLock(this.#fileSystem, file, token) : undefined;
		} finally {
			await this.#fileSystem.unlink(named).catch(() => undefined);
			if (!isHeld) {
				heldHere.delete(token);
			}
		}
	}

	/** Gives the content of `named` the name `file`. @returns `false` if `file` exists */
	async #link(named: string, file: string, text: Buffer): Promise<boolean> {
		try {
			await this.#fileSystem.link(named, file);
			return true;
		} catch (error) {
			if (codeOf(error) === "EEXIST") {
				return false;
			}
		}
		// Some file systems have no hard links.
		try {
			await writeNew(this.#fileSystem, file, text);
			return true;
		} catch (error) {
			const code = codeOf(error);
			// Windows reports EPERM for a file that is being removed.
			if (code === "EEXIST" || (code === "EPERM" && process.platform === "win32")) {
				return false;
			}
			throw error;
		}
	}
}

class OwnLock implements HeldLock {
	readonly #fileSystem: FileSystem;
	readonly #file: string;
	readonly #token: string;
	readonly #refresh: NodeJS.Timeout;
	#released: Promise<void> | undefined;

	constructor(fileSystem: FileSystem, file: string, token: string) {
		this.#fileSystem = fileSystem;
		this.#file = file;
		this.#token = token;
		this.#refresh = setInterval(() => void this.#makeHeard(), refreshMs);
		this.#refresh.unref();
	}

	async isOurs(): Promise<boolean> {
		return (await readHolder(this.#fileSystem, this.#file))?.token === this.#token;
	}

	release(): Promise<void> {
		this.#released ??= this.#remove();
		return this.#released;
	}

	/** Removes the lock file. Call it once: later, the lock may belong to another holder. */
	async #remove(): Promise<void> {
		clearInterval(this.#refresh);
		try {
			if (await this.isOurs()) {
				await this.#fileSystem.unlink(this.#file);
			}
		} catch {
			// If the file remains, its token shows that it is released.
		}
		heldHere.delete(this.#token);
	}

	async #makeHeard(): Promise<void> {
		try {
			if (await this.isOurs()) {
				const now = new Date();
				await this.#fileSystem.utimes(this.#file, now, now);
			}
		} catch {
			// The next update follows in a second.
		}
	}
}
