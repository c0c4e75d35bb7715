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

/** What a conversation from a file needs from around it. */
export interface ImportContext {
	/** @returns an id that nothing has yet. */
	readonly newId: () => string;
	/** Epoch milliseconds. */
	readonly nowMs: number;
}

/** A conversation as it arrives, turn by turn. Each is looked at: one that is none costs itself. */
export class IncomingChat {
	readonly #begin: Piece<"chat">;
	readonly #context: ImportContext;
	/** Our id of each turn that arrived; of one that is none, that of the turn above it. */
	readonly #ids: (string | null)[] = [];
	#conversation: Conversation | undefined;
	#broken = 0;
	#length = 0;

	constructor(begin: Piece<"chat">, context: ImportContext) {
		this.#begin = begin;
		this.#context = context;
	}

	/** UTF-16 units of what was said. */
	get length(): number {
		return this.#length;
	}

	/** The name of the document that it is from. */
	get document(): string {
		return this.#begin.document;
	}

	/** As the file calls it; empty if it does not. */
	get title(): string {
		return this.#begin.title?.text ?? "";
	}

	/** @throws {ImportStopped} if there are more than were agreed on. */
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

	/** @returns the conversation, unless nothing of it is left, and what it does not hold of its file. */
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

	/** @param firstMs when its first turn was said, for a conversation that does not say when it began. */
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

	/** @returns the turn as a journal has it, under a new id; `undefined` if it has no turn's shape. */
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
			// Whoever was generating it does not do so here.
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

/** The times of a turn, and the longest that a model thinks, in milliseconds. */
const timeMembers = ["sentAtMs", "startedAtMs"] as const;
const longestThoughtMs = 1_000_000_000;

/** @returns a turn with times that a calendar has. */
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

/** @returns epoch milliseconds that a `Date` can have. */
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
