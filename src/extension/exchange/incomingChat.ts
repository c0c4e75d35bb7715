import * as v from "valibot";
import {
	maxImportedTurns,
	type ImportPiece,
	type Omissions,
} from "../../protocol/import/chatImport";
import {
	chatFormatVersion,
	chatRecordSchema,
	type ChatRecord,
	type StoredTurn,
} from "../conversation/chatRecord";
import { Conversation } from "../conversation/conversation";
import { ImportStopped } from "./importStopped";
import { isOwnDocument } from "./ownDocument";

type Piece<Kind extends ImportPiece["kind"]> = Extract<ImportPiece, { readonly kind: Kind }>;

/** The clock and the IDs that an imported conversation uses. */
export interface ImportContext {
	/** Returns an unused ID. */
	readonly newId: () => string;
	/** Epoch milliseconds. */
	readonly nowMs: number;
}

/** A conversation that arrives turn by turn. Each turn is validated, and only invalid turns are lost. */
export class IncomingChat {
	readonly #begin: Piece<"chat">;
	readonly #context: ImportContext;
	/** The new ID of each turn that arrived. An invalid turn has its parent's ID. */
	readonly #ids: (string | null)[] = [];
	#conversation: Conversation | undefined;
	#broken = 0;
	#length = 0;

	constructor(begin: Piece<"chat">, context: ImportContext) {
		this.#begin = begin;
		this.#context = context;
	}

	/** The length of its texts in UTF-16 units. */
	get length(): number {
		return this.#length;
	}

	/** The name of the document that contains it. */
	get document(): string {
		return this.#begin.document;
	}

	/** The title in the file; empty if it has none. */
	get title(): string {
		return this.#begin.title?.text ?? "";
	}

	/** Adds a turn. @throws {ImportStopped} if there are more turns than the protocol allows */
	add({ parent, turn: json }: Piece<"turn">): void {
		if (this.#ids.length >= maxImportedTurns) {
			throw new ImportStopped("nonsense");
		}
		const parentId = parent === null ? null : (this.#ids[parent] ?? null);
		const turn = this.#turn(json);
		if (!turn) {
			this.#broken += 1;
			this.#ids.push(parentId);
			return;
		}
		this.#started(timeOf(turn)).apply({ type: "turn", parentId, turn });
		this.#length += lengthOf(turn);
		this.#ids.push(turn.id);
	}

	/** Returns the conversation, or `undefined` if it is empty, and what was omitted from it. */
	end({ head, queued, omissions }: Piece<"chatEnd">): {
		readonly conversation: Conversation | undefined;
		readonly omissions: Omissions;
	} {
		const { title, pinned } = this.#begin;
		const records: ChatRecord[] = [{ type: "pinned", pinned }];
		if (title && title.text.trim() !== "") {
			records.push({ type: "title", ...title });
		}
		const message = queued === null ? undefined : this.#turn(queued);
		if (message?.role === "user") {
			records.push({ type: "queued", message });
		} else if (queued !== null) {
			this.#broken += 1;
		}
		if (head === null || (head !== undefined && head < this.#ids.length)) {
			records.push({ type: "head", turnId: head === null ? null : (this.#ids[head] ?? null) });
		}
		const isEmpty = !this.#conversation && message === undefined;
		const conversation = isEmpty ? undefined : this.#started(undefined);
		for (const record of records) {
			conversation?.apply(record);
		}
		const brokenMessages = omissions.brokenMessages + this.#broken;
		return { conversation, omissions: { ...omissions, brokenMessages } };
	}

	/** @param firstMs the time of the first turn, for a conversation without a start time */
	#started(firstMs: number | undefined): Conversation {
		this.#conversation ??= new Conversation({
			format: "local-llm-chat",
			version: chatFormatVersion,
			id: this.#context.newId(),
			createdAtMs: validTime(this.#begin.createdAtMs) ?? firstMs ?? this.#context.nowMs,
			folder: this.#begin.folder,
		});
		return this.#conversation;
	}

	/** Returns the turn in the journal's form, with a new ID; `undefined` if it is invalid. */
	#turn(json: unknown): StoredTurn | undefined {
		const { newId, nowMs } = this.#context;
		const elseMs =
			this.#conversation?.header.createdAtMs ?? validTime(this.#begin.createdAtMs) ?? nowMs;
		const turn = typeof json === "object" && json !== null ? withTimes(json, elseMs) : undefined;
		const record = { type: "turn", parentId: null, turn: { ...turn, id: newId() } };
		const parsed = v.safeParse(chatRecordSchema, record);
		if (!parsed.success || parsed.output.type !== "turn") {
			return undefined;
		}
		const stored = parsed.output.turn;
		if (stored.role === "assistant") {
			// An answer that was being generated when it was exported is never finished here.
			return { ...stored, outcome: stored.outcome ?? { kind: "interrupted" } };
		}
		return {
			...stored,
			attachments: stored.attachments.map((attached) => ({
				...attached,
				chip: { ...attached.chip, id: newId() },
				uri: ownAddress(attached.uri),
				...(attached.notebookUri === undefined
					? {}
					: { notebookUri: ownAddress(attached.notebookUri) }),
			})),
		};
	}
}

/** The members of a turn that hold epoch milliseconds. */
const timeMembers = ["sentAtMs", "startedAtMs"] as const;
/** The longest duration of a thought that is believed. */
const longestThoughtMs = 1_000_000_000;

/** Returns the turn with its invalid times replaced by `elseMs`, and no invalid duration. */
function withTimes(turn: object, elseMs: number): object {
	const members = turn as Readonly<Record<string, unknown>> & {
		readonly thoughtDurationMs?: unknown;
	};
	const changed: Record<string, unknown> & { thoughtDurationMs?: unknown } = { ...members };
	for (const name of timeMembers) {
		if (name in members) {
			changed[name] = validTime(members[name]) ?? elseMs;
		}
	}
	const thoughtMs = members.thoughtDurationMs;
	if (typeof thoughtMs === "number" && !(thoughtMs >= 0 && thoughtMs <= longestThoughtMs)) {
		changed.thoughtDurationMs = null;
	}
	return changed;
}

/** Returns `time` if it is in the range of `Date`. */
function validTime(time: unknown): number | undefined {
	return typeof time === "number" && !Number.isNaN(new Date(time).getTime()) ? time : undefined;
}

function ownAddress(uri: string): string {
	return isOwnDocument(uri) ? uri : "";
}

function timeOf(turn: StoredTurn): number {
	return turn.role === "user" ? turn.sentAtMs : turn.startedAtMs;
}

function lengthOf(turn: StoredTurn): number {
	return turn.role === "assistant"
		? turn.thought.length + turn.reply.length
		: turn.attachments.reduce((length, { code }) => length + code.length, turn.text.length);
}
