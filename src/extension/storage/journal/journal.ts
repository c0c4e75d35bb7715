import * as v from "valibot";
import type { ChatId } from "../../../protocol/chat/ids";
import { chatRecordSchema, type ChatHeader, type ChatRecord } from "../../conversation/chatRecord";
import { timeMs } from "../../../protocol/schemaParts";
import { Conversation } from "../../conversation/conversation";
import type { Migration } from "./migrations";
import { mostMadeUp, salvaged } from "./salvage";

const formatSchema = v.object({
	format: v.literal("local-llm-chat"),
	version: v.pipe(v.number(), v.integer(), v.minValue(1)),
});
/** The other fields of a header. Invalid ones are ignored. */
const headerDetailsSchema = v.object({
	createdAtMs: v.fallback(v.optional(timeMs), undefined),
	folder: v.fallback(v.nullable(v.string()), null),
});

/** Replaces an unreadable header: the id from the name of the file, and the time from its modification time. */
export interface HeaderFromFile {
	readonly id: ChatId;
	readonly createdAtMs: number;
}

/** Reads the lines of a chat's file, in order, into a conversation. */
export class Journal {
	readonly #fromFile: HeaderFromFile;
	readonly #migrations: readonly Migration[];
	#conversation: Conversation | undefined;
	#version: number;
	#headerRead = false;
	#lostRecords = 0;
	#recordCount = 0;
	/** How many UTF-16 units replace lost text so far. */
	#madeUp = 0;

	/** @param migrations the steps from version 1 to the version that this extension writes */
	constructor(fromFile: HeaderFromFile, migrations: readonly Migration[]) {
		this.#fromFile = fromFile;
		this.#migrations = migrations;
		this.#version = writtenVersion(migrations);
	}

	get conversation(): Conversation {
		return (this.#conversation ??= new Conversation({
			format: "local-llm-chat",
			version: writtenVersion(this.#migrations),
			folder: null,
			...this.#fromFile,
		}));
	}

	/** The number of lines that are neither a header nor a record. */
	get lostRecords(): number {
		return this.#lostRecords;
	}

	/** Whether a header or a record could be read. */
	get isReadable(): boolean {
		return this.#headerRead || this.#recordCount > 0;
	}

	/** The version of the file, if it is newer than the version that this extension writes. */
	get newerVersion(): number | undefined {
		return this.#version > writtenVersion(this.#migrations) ? this.#version : undefined;
	}

	get isOlderVersion(): boolean {
		return this.#version < writtenVersion(this.#migrations);
	}

	/** Called after the file was rewritten: it now has the current version and no damage. */
	rewritten(): void {
		this.#version = writtenVersion(this.#migrations);
		this.#lostRecords = 0;
	}

	/** Returns whether a line is a valid record. */
	isRecord(line: string): boolean {
		return v.is(chatRecordSchema, this.#migrated(parseJson(line)));
	}

	/** Reads a line. @returns its record; `undefined` for the header, an empty line, or an invalid line */
	read(line: string): ChatRecord | undefined {
		if (line.trim() === "") {
			return undefined;
		}
		const parsed = parseJson(line);
		if (!this.#conversation) {
			const header = this.#readHeader(parsed);
			if (header) {
				this.#headerRead = true;
				this.#conversation = new Conversation(header);
				return undefined;
			}
			this.#lostRecords += 1;
			this.#conversation = this.conversation;
			return this.#asRecord(parsed);
		}
		const record = this.#asRecord(parsed);
		if (!record && this.newerVersion === undefined) {
			this.#lostRecords += 1;
		}
		return record;
	}

	apply(record: ChatRecord): boolean {
		if (this.#lostRecords === 0) {
			return this.conversation.apply(record);
		}
		const records = salvaged(record, this.conversation, mostMadeUp - this.#madeUp);
		for (const each of records) {
			this.#madeUp += each !== record && each.type === "text" ? each.text.length : 0;
		}
		return records.map((each) => this.conversation.apply(each)).includes(true);
	}

	#asRecord(parsed: unknown): ChatRecord | undefined {
		const record = v.safeParse(chatRecordSchema, this.#migrated(parsed));
		this.#recordCount += Number(record.success);
		return record.success ? record.output : undefined;
	}

	#readHeader(parsed: unknown): ChatHeader | undefined {
		const format = v.safeParse(formatSchema, parsed);
		if (!format.success) {
			return undefined;
		}
		this.#version = format.output.version;
		const isNewer = this.newerVersion !== undefined;
		const details = v.parse(headerDetailsSchema, isNewer ? parsed : this.#migrated(parsed));
		return {
			...format.output,
			version: isNewer ? this.#version : writtenVersion(this.#migrations),
			id: this.#fromFile.id,
			createdAtMs: details.createdAtMs ?? this.#fromFile.createdAtMs,
			folder: details.folder,
		};
	}

	#migrated(parsed: unknown): unknown {
		return this.#migrations
			.slice(this.#version - 1)
			.reduce((line, migrate) => migrate(line), parsed);
	}
}

/** Returns the version that `migrations` lead to. */
export function writtenVersion(migrations: readonly Migration[]): number {
	return migrations.length + 1;
}

/** Returns records as the lines of a file. */
export function toLines(records: readonly (ChatHeader | ChatRecord)[]): Buffer {
	return Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(""));
}

/** The size of a piece, in UTF-16 units. */
const pieceLength = 256 * 1024;

/** Yields records as lines, in pieces. One string for a long conversation would block for a while. */
export function* linePieces(records: readonly (ChatHeader | ChatRecord)[]): Generator<Buffer> {
	let lines = "";
	for (const record of records) {
		lines += `${JSON.stringify(record)}\n`;
		if (lines.length > pieceLength) {
			yield Buffer.from(lines);
			lines = "";
		}
	}
	yield Buffer.from(lines);
}

function parseJson(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return undefined;
	}
}
