import * as v from "valibot";
import { idSchema as id } from "../../protocol/idSchema";
import { timeMs } from "../../protocol/schemaParts";
import { attachedCodeSchema } from "./attachedCodeSchema";
import { outcomeSchema } from "./outcomeSchema";

/*
 * What a conversation consists of, as one file keeps it: a header, and one record after the other. Applied in their
 * order they make the conversation (`Conversation`). Every record may come twice: the second time it changes nothing.
 */

/** Raised with every change that a version before it would misread. */
export const chatFormatVersion = 1;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** No message is lost for its time. */
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
	/** `null` while it is being generated. */
	outcome: v.nullable(outcomeSchema),
});

export const chatHeaderSchema = v.object({
	format: v.literal("local-llm-chat"),
	version: v.pipe(v.number(), v.integer(), v.minValue(1)),
	id,
	/** Epoch milliseconds. */
	createdAtMs: timeMs,
	/** Name of the folder that the window had open, to recognise the conversation by. */
	folder: v.nullable(v.string()),
});

export const chatRecordSchema = v.variant("type", [
	/** A turn is added below its parent (`null`: at the beginning) and becomes the head. */
	v.object({
		type: v.literal("turn"),
		parentId: v.nullable(id),
		turn: v.variant("role", [userTurn, assistantTurn]),
	}),
	/** `offset` is the UTF-16 length of that channel before `text`. */
	v.object({
		type: v.literal("text"),
		turnId: id,
		channel: v.picklist(["reply", "thought"]),
		offset: count,
		text: v.string(),
	}),
	v.object({ type: v.literal("thoughtEnded"), turnId: id, durationMs: v.fallback(durationMs, 0) }),
	v.object({ type: v.literal("ended"), turnId: id, outcome: outcomeSchema }),
	/** An answer that broke off is being generated again, from its end. */
	v.object({ type: v.literal("continued"), turnId: id }),
	/** A turn and all below it are no longer shown; they stay in the file until it is compacted. */
	v.object({ type: v.literal("deleted"), turnId: id, deleted: v.boolean() }),
	/** The path that is shown ends here; `null`: nothing is shown. */
	v.object({ type: v.literal("head"), turnId: v.nullable(id) }),
	v.object({
		type: v.literal("title"),
		/** Empty: none any more. */
		text: v.string(),
		/** A person's title is never replaced by a model's. */
		by: v.picklist(["user", "model"]),
	}),
	v.object({ type: v.literal("pinned"), pinned: v.boolean() }),
	/** The message that waits for the end of the answer; `null`: none. */
	v.object({ type: v.literal("queued"), message: v.nullable(userTurn) }),
]);

export type ChatHeader = v.InferOutput<typeof chatHeaderSchema>;
export type ChatRecord = v.InferOutput<typeof chatRecordSchema>;
export type StoredTurn = Extract<ChatRecord, { readonly type: "turn" }>["turn"];
export type StoredUserTurn = Extract<StoredTurn, { readonly role: "user" }>;
export type StoredAssistantTurn = Extract<StoredTurn, { readonly role: "assistant" }>;
