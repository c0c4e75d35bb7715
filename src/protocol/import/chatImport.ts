import * as v from "valibot";
import { ChildRequest } from "../childProcess";

/*
 * The protocol between the extension host and the process that reads chats of other programs, beside `childProcess`.
 * The host asks for the next pieces when it has written those before: a file of any size waits for the disk.
 */

/** Messages of one conversation; what a file holds beyond is left out and counted. */
export const maxImportedTurns = 20_000;
/** UTF-16 units of a title or a folder's name; what is longer is cut. */
export const maxImportedName = 200;
/** Pieces in one answer. */
export const maxPieces = 1_000;

/** What of a conversation was left out, or changed, and how often. */
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

/** Why a conversation of a file was left out. */
const chatProblem = v.picklist([
	/** It does not have the shape that the format's conversations have. */
	"wrongShape",
	/** Nothing was said in it, or nothing that can be read. */
	"empty",
]);

/** Why a file, or a document in it, could not be read, or not to its end. */
const documentProblem = v.variant("kind", [
	v.object({ kind: v.literal("unreadable"), reason }),
	/** A folder, a pipe or a device. */
	v.object({ kind: v.literal("notAFile") }),
	v.object({ kind: v.literal("tooLarge"), limitBytes: count }),
	/** An archive in which no document is called as exports are. */
	v.object({ kind: v.literal("nothingInArchive") }),
	v.object({ kind: v.literal("damagedArchive"), reason }),
	v.object({ kind: v.literal("encryptedArchive") }),
	v.object({ kind: v.literal("tooManyDocuments"), limit: count }),
	v.object({ kind: v.literal("notJson") }),
	/** It is damaged, or ends, so many bytes after its beginning; what comes before was read. */
	v.object({ kind: v.literal("endsEarly"), atBytes: count }),
	/** JSON, but of none of the formats that are read. */
	v.object({ kind: v.literal("unknownFormat") }),
	/** An export of a newer version of the extension. */
	v.object({ kind: v.literal("newerVersion"), version: v.number() }),
	v.object({ kind: v.literal("tooManyChats"), limit: count }),
]);

const piece = v.variant("kind", [
	/** A conversation begins; its turns follow, and its end. */
	v.object({
		kind: v.literal("chat"),
		document: documentName,
		title: v.nullable(v.object({ text: name, by: v.picklist(["user", "model"]) })),
		/** Epoch milliseconds; `null` where the file does not say. */
		createdAtMs: v.nullable(v.number()),
		folder: v.nullable(name),
		pinned: v.boolean(),
	}),
	/** A turn as a journal has it, without an id, below the turn of that number; `null`: at the beginning. */
	v.object({ kind: v.literal("turn"), parent: v.nullable(count), turn: v.unknown() }),
	v.object({
		kind: v.literal("chatEnd"),
		/** The last turn of what was shown; `null`: nothing was; `undefined`: the last one that was read. */
		head: v.optional(v.nullable(count)),
		/** The message that waited for the end of an answer. */
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

/** The answer to `NextPieces`. The file is untrusted, and so is the process that has read it. */
const piecesSchema = v.object({
	pieces: v.pipe(v.array(piece), v.maxLength(maxPieces)),
	/** How far the file has been read. */
	readBytes: count,
	totalBytes: count,
	/** Nothing follows. */
	done: v.boolean(),
});

export type ChatProblem = v.InferOutput<typeof chatProblem>;
export type DocumentProblem = v.InferOutput<typeof documentProblem>;
export type ImportPiece = v.InferOutput<typeof piece>;
export type ImportPieces = v.InferOutput<typeof piecesSchema>;

export interface OpenImportParams {
	/** As people call the file. */
	readonly name: string;
	/** Where it lies on this machine. */
	readonly path: string;
}

/** Begins to read a file; the one before it is closed. */
export const OpenImport = new ChildRequest<OpenImportParams, null>("import/open", v.null());

/** Reads on for a quarter of a second at most, or until there are enough pieces for one answer. */
export const NextPieces = new ChildRequest<Record<string, never>, ImportPieces>(
	"import/next",
	piecesSchema,
);
