import * as v from "valibot";
import { ChildRequest } from "../childProcess";

/*
 * The protocol between the extension host and the import process, which reads chats of other programs, in addition to
 * `childProcess`. The host requests the next pieces only after it has written the previous ones, so that reading waits
 * for the disk, however large the file is.
 */

/** Maximum number of messages of one chat. Further messages are left out and counted. */
export const maxImportedTurns = 20_000;
/** Maximum length of a title or folder name, in UTF-16 units. Longer ones are cut. */
export const maxImportedName = 200;
/** Maximum number of pieces in one answer. */
export const maxPieces = 1_000;

/** What was left out of a chat or changed. Each kind is counted. */
export const omissionKinds = [
	"brokenMessages",
	"excessMessages",
	"movedMessages",
	"longTexts",
	"images",
	"files",
	"recordings",
	"citations",
	"toolMessages",
	"systemMessages",
	"otherParts",
] as const;
export type OmissionKind = (typeof omissionKinds)[number];
export type Omissions = Readonly<Record<OmissionKind, number>>;

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const name = v.pipe(v.string(), v.maxLength(maxImportedName));
const reason = v.pipe(v.string(), v.maxLength(500));
const documentName = v.pipe(v.string(), v.maxLength(1_000));
const omissions = v.object(
	Object.fromEntries(omissionKinds.map((kind) => [kind, count])) as Record<
		OmissionKind,
		typeof count
	>,
);

/** Why a chat in a file was left out. */
const chatProblem = v.picklist([
	/** It does not have the shape that the format prescribes. */
	"wrongShape",
	/** It contains no messages, or none that can be read. */
	"empty",
]);

/** Why a file, or a document in it, could not be read at all or to its end. */
const documentProblem = v.variant("kind", [
	v.object({ kind: v.literal("unreadable"), reason }),
	/** A folder, a pipe, or a device. */
	v.object({ kind: v.literal("notAFile") }),
	v.object({ kind: v.literal("tooLarge"), limitBytes: count }),
	/** An archive in which no document has the name of an export. */
	v.object({ kind: v.literal("nothingInArchive") }),
	v.object({ kind: v.literal("damagedArchive"), reason }),
	v.object({ kind: v.literal("encryptedArchive") }),
	v.object({ kind: v.literal("tooManyDocuments"), limit: count }),
	v.object({ kind: v.literal("notJson") }),
	/** It is damaged or ends after this many bytes. Everything before that was read. */
	v.object({ kind: v.literal("endsEarly"), atBytes: count }),
	/** JSON, but in none of the supported formats. */
	v.object({ kind: v.literal("unknownFormat") }),
	/** An export of a newer version of the extension. */
	v.object({ kind: v.literal("newerVersion"), version: v.number() }),
	v.object({ kind: v.literal("tooManyChats"), limit: count }),
]);

const piece = v.variant("kind", [
	/** A chat begins. Its turns and its end follow. */
	v.object({
		kind: v.literal("chat"),
		document: documentName,
		title: v.nullable(v.object({ text: name, by: v.picklist(["user", "model"]) })),
		/** Epoch milliseconds; `null` if the file does not say. */
		createdAtMs: v.nullable(v.number()),
		folder: v.nullable(name),
		pinned: v.boolean(),
	}),
	/**
	 * A turn as in a journal, but without an id. `parent` is the number of the turn above it; `null` at the beginning.
	 */
	v.object({ kind: v.literal("turn"), parent: v.nullable(count), turn: v.unknown() }),
	v.object({
		kind: v.literal("chatEnd"),
		/**
		 * The last turn of the path that was shown; `null` if none was shown; `undefined` for the last turn that was
		 * read.
		 */
		head: v.optional(v.nullable(count)),
		/** The message that was waiting for the end of an answer. */
		queued: v.unknown(),
		omissions,
	}),
	v.object({
		kind: v.literal("leftOut"),
		document: documentName,
		title: name,
		problem: chatProblem,
		omissions,
	}),
	v.object({ kind: v.literal("problem"), document: documentName, problem: documentProblem }),
]);

/** The answer to `NextPieces`. Neither the file nor the process that has read it is trusted. */
const piecesSchema = v.object({
	pieces: v.pipe(v.array(piece), v.maxLength(maxPieces)),
	/** How many bytes of the file have been read. */
	readBytes: count,
	totalBytes: count,
	/** Whether this is the end of the file. */
	done: v.boolean(),
});

export type ChatProblem = v.InferOutput<typeof chatProblem>;
export type DocumentProblem = v.InferOutput<typeof documentProblem>;
export type ImportPiece = v.InferOutput<typeof piece>;
export type ImportPieces = v.InferOutput<typeof piecesSchema>;

export interface OpenImportParams {
	/** The name of the file, for the user. */
	readonly name: string;
	/** The path of the file on this machine. */
	readonly path: string;
}

/** Opens a file, and closes the previous one. */
export const OpenImport = new ChildRequest<OpenImportParams, null>("import/open", v.null());

/** Reads on for at most a quarter of a second, or until there are enough pieces for one answer. */
export const NextPieces = new ChildRequest<Record<string, never>, ImportPieces>(
	"import/next",
	piecesSchema,
);
