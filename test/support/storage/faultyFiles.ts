import { constants } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { systemFiles, type FileSystem } from "../../../src/extension/storage/files/fileSystem";

const writingCalls = new Set([
	"link",
	"mkdir",
	"rename",
	"unlink",
	"utimes",
	"write",
	"truncate",
	"sync",
	"datasync",
]);

/** The system's files, of which calls can be made to fail: those that write by number, all others by path. */
export class FaultyFiles {
	/** Calls that write, so far. */
	calls = 0;
	/** Decides for each call that writes, by its number and name, with which code it fails; `undefined`: it does not. */
	fault: (call: number, name: string) => string | undefined;
	/** Decides for each call that only reads with which code it fails. */
	readFault: (path: string, name: string) => string | undefined = () => undefined;
	readonly fileSystem: FileSystem;

	constructor(fault: FaultyFiles["fault"] = () => undefined) {
		this.fault = fault;
		this.fileSystem = this.#wrapped(systemFiles);
	}

	#wrapped<T extends object>(target: T): T {
		return new Proxy(target, {
			get: (_, name: string) => {
				const member: unknown = Reflect.get(target, name, target);
				if (typeof member !== "function") {
					return member;
				}
				return (...args: unknown[]) =>
					this.#call(name, args, () => Reflect.apply(member, target, args) as unknown);
			},
		});
	}

	async #call(name: string, args: unknown[], call: () => unknown): Promise<unknown> {
		const isWriting = writingCalls.has(name) || (name === "open" && opensToWrite(args[1]));
		const [path] = args;
		const code = isWriting
			? this.fault(++this.calls, name)
			: typeof path === "string"
				? this.readFault(path, name)
				: undefined;
		if (code !== undefined) {
			if (name === "write") {
				// A disk that fills takes a part of what it is given.
				const [bytes, offset = 0] = args as [Buffer, number | undefined];
				args[2] = Math.floor((bytes.length - offset) / 2);
				args[1] = offset;
				await call();
			}
			throw Object.assign(new Error(`${code}: ${name}`), { code });
		}
		const result = await call();
		return name === "open" ? this.#wrapped(result as FileHandle) : result;
	}
}

function opensToWrite(flags: unknown): boolean {
	return typeof flags === "number" ? (flags & constants.O_WRONLY) !== 0 : flags !== "r";
}
