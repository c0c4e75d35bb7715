import {
	appendFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	writeFileSync,
} from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { systemClock } from "../../../src/extension/base/clock";
import type { ChatLibrary } from "../../../src/extension/conversation/chatLibrary";
import type { ChatRecord } from "../../../src/extension/conversation/chatRecord";
import {
	openChatLibrary,
	type ChatLibraryOptions,
} from "../../../src/extension/storage/openChatLibrary";
import { temporaryFolder } from "../temporaryFolder";
import { RecordedLog } from "../recordedLog";

/** A folder of chats, and the libraries that a test has opened on it. */
export class StoreFolder {
	readonly log = new RecordedLog();
	readonly path: string;
	readonly #libraries: ChatLibrary[] = [];

	private constructor(folder: string) {
		this.path = folder;
	}

	static async make(): Promise<StoreFolder> {
		return new StoreFolder(path.join((await temporaryFolder()).path, "chats"));
	}

	/** Opens a library, as another window would. */
	open(options: Partial<ChatLibraryOptions> = {}): ChatLibrary {
		const library = openChatLibrary({
			folder: this.path,
			clock: systemClock,
			log: this.log,
			...options,
		});
		this.#libraries.push(library);
		return library;
	}

	async remove(): Promise<void> {
		for (const library of this.#libraries) {
			library.dispose();
		}
		// Chats are still writing their pending records.
		const folder = path.dirname(this.path);
		await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 20 });
	}

	file(id: string): string {
		return path.join(this.path, `${id}.jsonl`);
	}

	has(id: string): boolean {
		return existsSync(this.file(id));
	}

	text(id: string): string {
		return readFileSync(this.file(id), "utf8");
	}

	/** Returns the parsed lines of a file. */
	lines(id: string): unknown[] {
		return this.text(id)
			.trimEnd()
			.split("\n")
			.map((line): unknown => JSON.parse(line));
	}

	/** Writes a file that none of our code has written. */
	put(id: string, content: string | Buffer): void {
		mkdirSync(this.path, { recursive: true });
		writeFileSync(this.file(id), content);
	}

	/** Appends to a file, as another window does. */
	add(id: string, ...records: ChatRecord[]): void {
		appendFileSync(this.file(id), records.map((record) => `${JSON.stringify(record)}\n`).join(""));
	}

	/** Returns the names in a folder below this one. */
	names(folder = "."): string[] {
		const where = path.join(this.path, folder);
		return existsSync(where) ? readdirSync(where).sort() : [];
	}
}

export function header(id: string, version = 1): string {
	return JSON.stringify({
		format: "local-llm-chat",
		version,
		id,
		createdAtMs: 500,
		folder: "project",
	});
}

/** Returns the content of a chat's file. */
export function journal(id: string, ...records: ChatRecord[]): string {
	return [header(id), ...records.map((record) => JSON.stringify(record)), ""].join("\n");
}
