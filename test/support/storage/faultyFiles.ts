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

/** The system's files, whose calls can be made to fail: writing calls by number, others by path. */
export class FaultyFiles {
	/** The number of writing calls so far. */
	calls = 0;
	/** Returns the error code with which a writing call fails, by its number and name; `undefined` lets it succeed. */
	fault: (call: number, name: string) => string | undefined;
	/** Returns the error code with which a reading call fails. */
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
				// A disk that fills up accepts part of the data.
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
