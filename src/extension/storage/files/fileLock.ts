import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { codeOf, temporarySuffix, unlessMissing, writeNew, type FileSystem } from "./fileSystem";
import { isPresent, readHolder, thisProcess } from "./lockHolder";

/** A holder makes itself heard this often. */
const refreshMs = 1000;
/** Between two tries: 4 to 20. */
const pollMs = (): number => 4 + Math.random() * 16;

/** The right to something that a file stands for: one holder at a time over all processes of a machine. */
export interface HeldLock {
	/** Never rejects; safe to call twice. */
	release(): Promise<void>;
}

/** Tells holders in this copy of the code from those in others. */
const instance = randomUUID();
const heldHere = new Set<string>();

/**
 * Locks as files that exist while they are held. A process that was killed leaves its locks behind: they are taken over
 * at once where its id is seen to be nobody's, and otherwise after a silence of seconds. One that is there but busy keeps
 * its locks for half a minute.
 */
export class FileLocks {
	readonly #fileSystem: FileSystem;
	/** Since when a lock has looked the way it does, by a clock that nobody sets. */
	readonly #seen = new Map<string, { readonly looks: string; readonly sinceMs: number }>();

	constructor(fileSystem: FileSystem) {
		this.#fileSystem = fileSystem;
	}

	/**
	 * Waits for the lock.
	 *
	 * @throws {Error} of the system, or with code "ELOCKED" if others hold it for longer than `limitMs`.
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

	/** @returns `undefined` if somebody else holds it. */
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

	/** @returns whether somebody holds the lock who is still there. */
	async isHeld(file: string): Promise<boolean> {
		return (await this.#look(file)) === "held";
	}

	/**
	 * Removes an abandoned lock and holds it anew. Of all who find it abandoned one at a time may do that: another would
	 * remove the lock of whoever has it next.
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
			// Released since: only one that could not be removed is still there.
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

	/** With its holder's name from the first moment: of a lock without one nobody can tell whether its holder is gone. */
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

	/** @returns whether `file` was not there, and is now what `named` is. */
	async #link(named: string, file: string, text: Buffer): Promise<boolean> {
		try {
			await this.#fileSystem.link(named, file);
			return true;
		} catch (error) {
			if (codeOf(error) === "EEXIST") {
				return false;
			}
		}
		// Some disks know one name for a file.
		try {
			await writeNew(this.#fileSystem, file, text);
			return true;
		} catch (error) {
			const code = codeOf(error);
			// Windows says so of a file that is just being removed.
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

	/** Once: by the second time the lock might be another's. */
	async #remove(): Promise<void> {
		clearInterval(this.#refresh);
		try {
			if (await this.isOurs()) {
				await this.#fileSystem.unlink(this.#file);
			}
		} catch {
			// What stays behind is known as nobody's by its token.
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
			// The next time is in a second.
		}
	}
}
