import * as v from "valibot";
import { idSchema as id } from "../../protocol/idSchema";
import { timeMs } from "../../protocol/schemaParts";
import { attachedCodeSchema } from "./attachedCodeSchema";
import { outcomeSchema } from "./outcomeSchema";

/*
 * The format of a chat's file: a header, then records. Applied in order, the records make the `Conversation`. Every
 * record may occur twice: the second time it changes nothing.
 */

/** Increased with every change that older versions would misread. */
export const chatFormatVersion = 1;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** An invalid time becomes 0, so that its message is not lost. */
const turnTimeMs = v.fallback(timeMs, 0);
const durationMs = v.pipe(v.number(), v.finite(), v.minValue(0));

const userTurn = v.object({
	role: v.literal("user"),
	id,
	/** Epoch milliseconds. */
	sentAtMs: turnTimeMs,
	text: v.string(),
	attachments: v.array(attachedCodeSchema),
});

const assistantTurn = v.object({
	role: v.literal("assistant"),
	id,
	/** Epoch milliseconds. */
	startedAtMs: turnTimeMs,
	thought: v.string(),
	thoughtDurationMs: v.fallback(v.nullable(durationMs), null),
	reply: v.string(),
	/** `null` while the answer is being generated. */
	outcome: v.nullable(outcomeSchema),
});

export const chatHeaderSchema = v.object({
	format: v.literal("local-llm-chat"),
	version: v.pipe(v.number(), v.integer(), v.minValue(1)),
	id,
	/** Epoch milliseconds. */
	createdAtMs: timeMs,
	/** The name of the folder that was open in the window, by which users recognize the chat. */
	folder: v.nullable(v.string()),
});

export const chatRecordSchema = v.variant("type", [
	/** Adds a turn below its parent (`null`: at the beginning), and makes it the head. */
	v.object({
		type: v.literal("turn"),
		parentId: v.nullable(id),
		turn: v.variant("role", [userTurn, assistantTurn]),
	}),
	/** Appends text to an answer. `offset` is the UTF-16 length of the channel before it. */
	v.object({
		type: v.literal("text"),
		turnId: id,
		channel: v.picklist(["reply", "thought"]),
		offset: count,
		text: v.string(),
	}),
	v.object({ type: v.literal("thoughtEnded"), turnId: id, durationMs: v.fallback(durationMs, 0) }),
	v.object({ type: v.literal("ended"), turnId: id, outcome: outcomeSchema }),
	/** Generation of an incomplete answer resumes at its end. */
	v.object({ type: v.literal("continued"), turnId: id }),
	/** Hides a turn and all turns below it, or shows them again. They stay in the file until it is compacted. */
	v.object({ type: v.literal("deleted"), turnId: id, deleted: v.boolean() }),
	/** Sets the end of the shown path; `null` shows nothing. */
	v.object({ type: v.literal("head"), turnId: v.nullable(id) }),
	v.object({
		type: v.literal("title"),
		/** An empty text removes the title. */
		text: v.string(),
		/** The model never replaces a title from the user. */
		by: v.picklist(["user", "model"]),
	}),
	v.object({ type: v.literal("pinned"), pinned: v.boolean() }),
	/** Sets the message that is sent after the running answer; `null` removes it. */
	v.object({ type: v.literal("queued"), message: v.nullable(userTurn) }),
]);

export type ChatHeader = v.InferOutput<typeof chatHeaderSchema>;
export type ChatRecord = v.InferOutput<typeof chatRecordSchema>;
export type StoredTurn = Extract<ChatRecord, { readonly type: "turn" }>["turn"];
export type StoredUserTurn = Extract<StoredTurn, { readonly role: "user" }>;
export type StoredAssistantTurn = Extract<StoredTurn, { readonly role: "assistant" }>;
