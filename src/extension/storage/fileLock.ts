import { randomUUID } from "node:crypto";
import os from "node:os";
import { setTimeout } from "node:timers/promises";
import * as v from "valibot";
import { codeOf, privateFile, unlessMissing, writeAll, type FileSystem } from "./fileSystem";

/** A holder makes itself heard this often. */
const refreshMs = 1000;
/** Silence after which a holder counts as gone: one whose process is, and one whose process seems to be there. */
const silenceMs = { goneProcess: 2500, seenProcess: 30_000 };
/** Between two tries: 4 to 20. */
const pollMs = (): number => 4 + Math.random() * 16;

/** The right to something that a file stands for: one holder at a time over all processes of a machine. */
export interface HeldLock {
	/** Never rejects; safe to call twice. */
	release(): Promise<void>;
}

const holderSchema = v.object({ token: v.string(), pid: v.number(), host: v.string() });

type Holder = v.InferOutput<typeof holderSchema>;

/** Tells holders in this copy of the code from those in others. */
const instance = randomUUID();
const heldHere = new Set<string>();

/**
 * Locks as files that exist while they are held. A process that was killed leaves its locks behind: they are taken over
 * after a silence of seconds. One that is there but busy keeps its locks for half a minute.
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

	async #create(file: string): Promise<OwnLock | undefined> {
		const token = `${instance}.${randomUUID()}`;
		let handle;
		try {
			handle = await this.#fileSystem.open(file, "wx", privateFile);
		} catch (error) {
			const code = codeOf(error);
			// Windows says so of a file that is just being removed.
			if (code === "EEXIST" || (code === "EPERM" && process.platform === "win32")) {
				return undefined;
			}
			throw error;
		}
		heldHere.add(token);
		try {
			const holder = { token, pid: process.pid, host: os.hostname() };
			await writeAll(handle, Buffer.from(JSON.stringify(holder)));
			return new OwnLock(this.#fileSystem, file, token);
		} catch (error) {
			heldHere.delete(token);
			await this.#fileSystem.unlink(file).catch(() => undefined);
			throw error;
		} finally {
			await handle.close();
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

/** @returns `undefined` if there is none, or one that has not said yet who it is. */
async function readHolder(fileSystem: FileSystem, file: string): Promise<Holder | undefined> {
	const handle = await unlessMissing(fileSystem.open(file, "r"));
	try {
		const text = await handle?.readFile("utf8");
		const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), holderSchema), text);
		return parsed.success ? parsed.output : undefined;
	} finally {
		await handle?.close();
	}
}

/** @param silentMs since when the lock has looked the same to this process */
function isPresent(holder: Holder | undefined, modifiedAtMs: number, silentMs: number): boolean {
	const bootedAtMs = Date.now() - os.uptime() * 1000;
	if (holder && isThere(holder) && modifiedAtMs > bootedAtMs) {
		return silentMs < silenceMs.seenProcess;
	}
	// The file's time counts as well: after a restart nobody has watched the lock.
	return Math.max(silentMs, Date.now() - modifiedAtMs) < silenceMs.goneProcess;
}

/** @returns whether the holder's process may be there: of another machine nobody knows. */
function isThere({ pid, host }: Holder): boolean {
	if (host !== os.hostname()) {
		return false;
	}
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return codeOf(error) === "EPERM";
	}
}
